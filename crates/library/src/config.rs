//! What the library needs to know before it opens.

use std::path::PathBuf;

use ipnet::IpNet;
use model::{AccountLimits, Secret};

use crate::scanner::ScannerConfig;

/// What the library needs to know before it opens.
#[derive(Clone, Debug)]
pub struct Config {
    /// Everything an embedded installation writes: the database, staged uploads and, with `fs`, blobs.
    pub data_dir: PathBuf,
    /// `sqlite://path` or `postgres://…`.
    pub database_url: Secret,
    /// An `OpenDAL` address such as `fs:///srv/blobs` or `s3://bucket?endpoint=…`.
    pub storage_url: Secret,
    /// Where people reach this installation, without a trailing slash: `https://media.example.com`.
    pub public_url: String,
    /// Where shared media is served; the public URL unless an own origin is set.
    pub media_url: String,
    /// What a new account may hold and bring in.
    pub default_limits: AccountLimits,
    /// The most pixels of a picture.
    pub max_pixels: u64,
    /// Whether drawings in SVG are taken, to be saved and never shown.
    pub svg: bool,
    /// Decoders at work at once.
    pub decoders: usize,
    /// Whether renditions are made as AVIF, too, when there is nothing else to do.
    pub avif: bool,
    /// The program that runs as decoder; this one unless a test says otherwise.
    pub decoder_program: Option<PathBuf>,
    /// The path of `ffmpeg`, which takes first pictures of films; they have none without.
    pub ffmpeg: Option<PathBuf>,
    /// The path of `soffice`, which prints office documents; they have no pages without.
    pub soffice: Option<PathBuf>,
    /// What is asked about each file before it is kept; nothing without.
    pub scanner: Option<ScannerConfig>,
    /// Where requests may go that people have sent: webhooks.
    pub egress: Egress,
}

/// Where requests may go that people have sent; to private networks only where the operator says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Egress {
    /// Private networks that may be asked all the same.
    pub allow: Vec<IpNet>,
    /// Whether http is spoken, too, which anybody between can read.
    pub http: bool,
}
