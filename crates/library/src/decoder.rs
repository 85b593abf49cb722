//! The decoder (being written).
pub struct DecoderPool;

impl DecoderPool {
    /// A pool of decoders as the configuration wants it.
    pub fn new(_config: &crate::Config) -> Self {
        Self
    }
}
