//! Keys that nobody else comes up with.

use js_sys::Math::random;

/// A key for one deed of one person: nothing secret, so it does without what only `https` has.
pub fn key() -> String {
    let [first, second] = [random(), random()].map(f64::to_bits);
    format!("{first:016x}{second:016x}")
}
