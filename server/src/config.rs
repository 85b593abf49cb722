//! Settings: flags over `SATCHEL_*` environment over `satchel.toml` over defaults.

mod addresses;
mod defaults;
mod layers;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use ipnet::IpNet;
use library::scanner::{Address, ScannerConfig, WhenDown};
use model::{AccountLimits, ByteSize, KindSizes, Secret};
use serde::{Deserialize, Serialize};

use addresses::{is_address, is_origin, parse_network};

use crate::links::Origin;

/// Every setting; a value that is empty is worked out from the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Everything an embedded installation writes.
    pub data_dir: PathBuf,
    /// `sqlite://path` or `postgres://…`; `{data}` is the data folder.
    pub database_url: Secret,
    /// An `OpenDAL` address such as `fs:///srv/blobs` or `s3://bucket?endpoint=…`.
    pub storage_url: Secret,
    /// Where people reach this installation; the listen address when empty.
    pub public_url: String,
    /// Where shared media is served; the public URL when empty.
    pub media_url: String,
    /// Addresses or networks that may set `X-Forwarded-*`.
    pub trusted_proxies: Vec<String>,
    /// The folder with script and styles; looked for beside the program when empty.
    pub site_dir: PathBuf,
    /// The path of `ffmpeg`, which takes first pictures of films; they have none when empty.
    pub ffmpeg: PathBuf,
    /// The path of `soffice`, which prints office documents; they show an icon when empty.
    pub soffice: PathBuf,
    pub server: ServerSettings,
    pub limits: LimitSettings,
    pub rate_limits: RateSettings,
    pub decoder: DecoderSettings,
    pub scanner: ScannerSettings,
    pub media: MediaSettings,
    pub egress: EgressSettings,
    pub log: LogSettings,
    pub metrics: MetricsSettings,
}

/// How patient the server is with clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    /// The most connections at once; more wait in line.
    pub max_connections: u32,
    /// Seconds a client may take to send a request's head, or rest between two requests.
    pub header_timeout: u64,
    /// Seconds a client may be silent in the middle of a body, or read nothing of an answer.
    pub body_idle_timeout: u64,
    /// The largest body of a request that is not an upload.
    pub max_body: String,
    /// Seconds that requests and jobs under way get at the end.
    pub shutdown_timeout: u64,
}

/// What a new account may hold and bring in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// The most bytes of an account; no limit when empty.
    pub quota: String,
    pub max_image: String,
    pub max_video: String,
    pub max_audio: String,
    pub max_document: String,
    pub max_contact: String,
    /// The most pixels of a picture, for all accounts.
    pub max_pixels: u64,
    /// Whether drawings in SVG are taken, to be saved and never shown.
    pub svg: bool,
    /// The most images taken from one dropped folder.
    pub folder_images: u32,
    /// Days that trash is kept.
    pub retention_days: u32,
    /// The most bytes one person may bring; no limit when empty.
    pub user_quota: String,
    /// Days that the audit trail is kept.
    pub audit_days: u32,
    /// The most assets of an account, the trash included.
    pub max_assets: u32,
}

/// How often programs and pages may ask the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RateSettings {
    /// Requests a minute of one API token; no limit when 0.
    pub token: u32,
    /// Requests a minute of one signed-in browser; no limit when 0.
    pub session: u32,
}

/// The child processes that decode pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DecoderSettings {
    /// How many decode at once; as many as there are processors, at most 4, when 0.
    pub workers: u32,
    /// Whether renditions are made as AVIF, too, when there is nothing else to do.
    pub avif: bool,
}

/// What is asked about each file before it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScannerSettings {
    /// Where `clamd` listens: `tcp://host:port` or `unix:/path`; nothing is asked when empty.
    pub address: String,
    /// `hold` or `refuse`.
    pub when_down: WhenDown,
}

impl ScannerSettings {
    fn library(&self) -> Result<Option<ScannerConfig>, SettingsError> {
        if self.address.is_empty() {
            return Ok(None);
        }
        let address = Address::parse(&self.address).ok_or_else(|| {
            SettingsError(
                "scanner.address: write it as tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.sock"
                    .to_owned(),
            )
        })?;
        Ok(Some(ScannerConfig {
            address,
            when_down: self.when_down,
        }))
    }
}

/// Shared and signed media.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MediaSettings {
    /// The sites whose scripts may read media, such as `https://shop.example.com`.
    pub cors_origins: Vec<String>,
}

/// Where requests may go that people have sent, such as webhooks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EgressSettings {
    /// Private networks that may be asked all the same.
    pub allow: Vec<String>,
    /// Whether http is spoken, too.
    pub http: bool,
}

/// What is written to the log, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// Which lines: a level, or `target=level` pairs.
    pub filter: String,
    /// `text` or `json`.
    pub format: LogFormat,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For eyes.
    #[default]
    Text,
    /// For collectors.
    Json,
}

/// Who may read `/metrics`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MetricsSettings {
    /// An address of its own for `/metrics`, which then needs no token; none when empty.
    pub listen: String,
    /// The bearer token that opens `/metrics` on the main address; closed when empty.
    pub token: Secret,
}

/// A setting that cannot be used, said so that it can be mended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(String);

impl Settings {
    /// The library's settings, once the address is known that people reach us at.
    pub fn library(&self, public_url: &str) -> Result<library::Config, SettingsError> {
        let data_dir = std::path::absolute(&self.data_dir)
            .map_err(|error| SettingsError(format!("data_dir: {error}")))?;
        let data = data_dir.display().to_string();
        let fill = |secret: &Secret| Secret::new(secret.expose().replace("{data}", &data));
        Ok(library::Config {
            database_url: fill(&self.database_url),
            storage_url: fill(&self.storage_url),
            public_url: public_url.to_owned(),
            media_url: self.media_url(public_url)?,
            default_limits: self.limits.account_limits()?,
            max_pixels: self.limits.max_pixels,
            svg: self.limits.svg,
            decoders: self.decoder.count(),
            avif: self.decoder.avif,
            decoder_program: None,
            ffmpeg: program("ffmpeg", &self.ffmpeg)?,
            soffice: program("soffice", &self.soffice)?,
            scanner: self.scanner.library()?,
            egress: self.egress.rules()?,
            data_dir,
        })
    }

    /// Where shared media is served: an address of its own, or where people reach us.
    fn media_url(&self, public_url: &str) -> Result<String, SettingsError> {
        match self.media_url.trim_end_matches('/') {
            "" => Ok(public_url.to_owned()),
            url if is_address(url) => Ok(url.to_owned()),
            _ => Err(SettingsError(
                "media_url: write it as https://cdn.example.com or https://cdn.example.com/media"
                    .to_owned(),
            )),
        }
    }

    /// The address people reach us at: as set, or where we listen.
    pub fn public_url(&self, bound: SocketAddr) -> Result<String, SettingsError> {
        match self.public_url.trim_end_matches('/') {
            "" => Ok(format!("http://{bound}")),
            url if is_origin(url) => Ok(url.to_owned()),
            _ => Err(SettingsError(
                "public_url: write it as https://media.example.com, without a path".to_owned(),
            )),
        }
    }

    /// The sites whose scripts may read media.
    pub(crate) fn cors_origins(&self) -> Result<Vec<Origin>, SettingsError> {
        let origins = self.media.cors_origins.iter().map(|text| {
            let origin = Origin::parse(text).filter(|_| is_origin(text));
            origin.ok_or_else(|| {
                SettingsError(format!(
                    "media.cors_origins: write {text} as https://shop.example.com, without a path"
                ))
            })
        });
        origins.collect()
    }

    /// The networks whose `X-Forwarded-*` is believed.
    pub fn proxies(&self) -> Result<Vec<IpNet>, SettingsError> {
        self.trusted_proxies
            .iter()
            .map(|text| parse_network("trusted_proxies", text.trim()))
            .collect()
    }
}

impl ServerSettings {
    /// The largest body of a request that is not an upload.
    pub fn max_body(&self) -> Result<usize, SettingsError> {
        let size = parse_size("server.max_body", &self.max_body)?;
        usize::try_from(size.as_u64())
            .map_err(|_| SettingsError("server.max_body: too large".to_owned()))
    }

    /// How long a client may be silent in the middle of a body.
    pub fn body_idle(&self) -> Duration {
        Duration::from_secs(self.body_idle_timeout)
    }
}

impl LimitSettings {
    /// What a new account may hold and bring in.
    pub fn account_limits(&self) -> Result<AccountLimits, SettingsError> {
        let quota = match self.quota.trim() {
            "" => None,
            text => Some(parse_size("limits.quota", text)?),
        };
        let user_quota = match self.user_quota.trim() {
            "" => None,
            text => Some(parse_size("limits.user_quota", text)?),
        };
        Ok(AccountLimits {
            quota,
            max_size: KindSizes {
                image: parse_size("limits.max_image", &self.max_image)?,
                video: parse_size("limits.max_video", &self.max_video)?,
                audio: parse_size("limits.max_audio", &self.max_audio)?,
                document: parse_size("limits.max_document", &self.max_document)?,
                contact: parse_size("limits.max_contact", &self.max_contact)?,
            },
            folder_images: self.folder_images,
            retention_days: self.retention_days,
            user_quota,
            audit_days: self.audit_days,
            max_assets: self.max_assets,
        })
    }
}

impl EgressSettings {
    /// Where requests may go.
    fn rules(&self) -> Result<library::config::Egress, SettingsError> {
        let networks = self.allow.iter();
        let networks = networks.map(|text| parse_network("egress.allow", text.trim()));
        Ok(library::config::Egress {
            allow: networks.collect::<Result<_, _>>()?,
            http: self.http,
        })
    }
}

impl DecoderSettings {
    /// How many decode at once.
    pub fn count(&self) -> usize {
        match self.workers {
            0 => std::thread::available_parallelism().map_or(2, |count| count.get().min(4)),
            workers => workers as usize,
        }
    }
}

/// The path of a program of others; none when empty.
fn program(key: &str, path: &Path) -> Result<Option<PathBuf>, SettingsError> {
    if path.as_os_str().is_empty() {
        return Ok(None);
    }
    let path = std::path::absolute(path);
    path.map(Some)
        .map_err(|error| SettingsError(format!("{key}: {error}")))
}

fn parse_size(key: &str, text: &str) -> Result<ByteSize, SettingsError> {
    text.parse()
        .map_err(|error| SettingsError(format!("{key}: {error}")))
}

#[cfg(test)]
mod tests {
    use toml::Table;

    use super::*;

    const EXAMPLE: &str = include_str!("../../config.example.toml");

    #[test]
    fn the_example_has_every_key_with_its_default_and_no_other() {
        let example: Table = EXAMPLE.parse().unwrap();

        assert_eq!(example, Table::try_from(Settings::default()).unwrap());
    }

    #[test]
    fn every_key_of_the_example_has_a_sentence_above_it() {
        let lines: Vec<&str> = EXAMPLE.lines().collect();
        for pair in lines.windows(2) {
            if pair[1].contains('=') && !pair[1].starts_with('#') {
                assert!(pair[0].starts_with("# "), "{}", pair[1]);
            }
        }
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let table: Table = "lisen = 'x'".parse().unwrap();

        assert!(table.try_into::<Settings>().is_err());
    }

    #[test]
    fn secrets_are_not_printed() {
        let settings = Settings {
            database_url: Secret::new("postgres://anna:hunter2@db/satchel"),
            ..Settings::default()
        };

        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn scripts_are_let_in_by_origin_and_never_all_of_them() {
        let origins = |text: &str| {
            let media = MediaSettings {
                cors_origins: vec![text.to_owned()],
            };
            Settings {
                media,
                ..Settings::default()
            }
            .cors_origins()
        };

        assert_eq!(
            origins("https://Shop.example:443").unwrap(),
            origins("https://shop.example").unwrap()
        );
        for text in ["*", "null", "", "shop.example", "https://shop.example/x"] {
            assert!(origins(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_public_url_is_an_origin() {
        let bound = SocketAddr::from(([127, 0, 0, 1], 4321));
        let url = |text: &str| {
            Settings {
                public_url: text.to_owned(),
                ..Settings::default()
            }
            .public_url(bound)
        };

        assert_eq!(url("").unwrap(), "http://127.0.0.1:4321");
        assert_eq!(url("https://a.example/").unwrap(), "https://a.example");
        assert!(url("https://a.example/path").is_err());
        assert!(url("ftp://a.example").is_err());
    }
}
