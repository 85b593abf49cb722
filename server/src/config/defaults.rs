//! What settings are unless said.

use std::{net::SocketAddr, path::PathBuf};

use model::Secret;

use super::{
    DecoderSettings, EgressSettings, LimitSettings, LogFormat, LogSettings, MediaSettings,
    MetricsSettings, RateSettings, ScannerSettings, ServerSettings, Settings,
};

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data_dir: PathBuf::from("./data"),
            database_url: Secret::new("sqlite://{data}/satchel.db"),
            storage_url: Secret::new("fs://{data}/blobs"),
            public_url: String::new(),
            media_url: String::new(),
            trusted_proxies: Vec::new(),
            site_dir: PathBuf::new(),
            ffmpeg: PathBuf::new(),
            soffice: PathBuf::new(),
            server: ServerSettings::default(),
            limits: LimitSettings::default(),
            rate_limits: RateSettings::default(),
            decoder: DecoderSettings::default(),
            scanner: ScannerSettings::default(),
            media: MediaSettings::default(),
            egress: EgressSettings::default(),
            log: LogSettings::default(),
            metrics: MetricsSettings::default(),
        }
    }
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            max_connections: 2_048,
            header_timeout: 10,
            body_idle_timeout: 30,
            max_body: "1MB".to_owned(),
            shutdown_timeout: 9,
        }
    }
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            quota: String::new(),
            max_image: "5MB".to_owned(),
            max_video: "100MB".to_owned(),
            max_audio: "16MB".to_owned(),
            max_document: "100MB".to_owned(),
            max_contact: "1MB".to_owned(),
            max_pixels: 64_000_000,
            svg: false,
            folder_images: 50,
            retention_days: 30,
            user_quota: String::new(),
            audit_days: 365,
            max_assets: 1_000_000,
        }
    }
}

impl Default for RateSettings {
    fn default() -> Self {
        Self {
            token: 600,
            session: 3_000,
        }
    }
}

impl Default for DecoderSettings {
    fn default() -> Self {
        Self {
            workers: 0,
            avif: true,
        }
    }
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            filter: "info".to_owned(),
            format: LogFormat::Text,
        }
    }
}

impl Default for MetricsSettings {
    fn default() -> Self {
        Self {
            listen: String::new(),
            token: Secret::new(""),
        }
    }
}
