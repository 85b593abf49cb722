//! Migrations are embedded; a new one must build the library anew.

fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
