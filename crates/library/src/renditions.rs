//! Renditions: stored results of presets.
