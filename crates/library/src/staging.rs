//! Bytes on their way (being written).
pub struct Staging;

impl Staging {
    /// Opens the folder for bytes on their way.
    pub async fn open(_config: &crate::Config) -> crate::Result<Self> {
        Ok(Self)
    }
}
