//! Stories of the real program, told over its own wires: a port, a command line, a folder.

mod support;
mod tus;
