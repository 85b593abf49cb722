//! Verdicts at the edges of `WhatsApp`, Telegram, Messenger, Instagram, MMS and RCS.

use super::*;

/// Files at the edges, and what is said of them.
pub fn rows() -> Vec<Row> {
    vec![
        // WhatsApp
        ("whatsapp-image", picture(JPEG, 9_000, 9, 5_000_000), "fits"),
        (
            "whatsapp-image",
            picture(JPEG, 9, 9, 5_000_001),
            "refused bytes",
        ),
        ("whatsapp-image", picture(WEBP, 9, 9, 1), "refused types"),
        (
            "whatsapp-image",
            colored(ColorMode::Cmyk, 8),
            "refused color",
        ),
        (
            "whatsapp-image",
            colored(ColorMode::Rgb, 16),
            "refused color",
        ),
        ("whatsapp-image", colored(ColorMode::Rgba, 8), "fits"),
        (
            "whatsapp-image",
            file(Kind::Image, PNG, 1),
            "unsure; unknown color",
        ),
        (
            "whatsapp-audio",
            sound("audio/ogg", "opus", 16_000_000),
            "fits",
        ),
        (
            "whatsapp-audio",
            sound("audio/ogg", "vorbis", 1),
            "refused codecs",
        ),
        (
            "whatsapp-audio",
            sound("audio/amr", "amrnb", 16_000_001),
            "refused bytes",
        ),
        (
            "whatsapp-audio",
            sound("audio/wav", "pcm", 1),
            "refused types codecs",
        ),
        (
            "whatsapp-video",
            film(MP4, &["h264", "aac"], 16_000_000),
            "fits",
        ),
        ("whatsapp-video", film(MP4, &["h264"], 1), "fits"),
        (
            "whatsapp-video",
            film(MP4, &["h264", "aac", "aac"], 1),
            "refused codecs",
        ),
        (
            "whatsapp-video",
            film(MP4, &["hevc", "aac"], 1),
            "refused codecs",
        ),
        (
            "whatsapp-video",
            film("video/webm", &["vp9"], 1),
            "refused types codecs",
        ),
        (
            "whatsapp-video",
            file(Kind::Video, MP4, 1),
            "unsure; unknown codecs",
        ),
        ("whatsapp-document", paper(PDF, 100_000_000), "fits"),
        (
            "whatsapp-document",
            paper(PDF, 100_000_001),
            "refused bytes",
        ),
        ("whatsapp-document", paper("text/csv", 1), "refused types"),
        ("whatsapp-sticker", picture(WEBP, 512, 512, 100_000), "fits"),
        (
            "whatsapp-sticker",
            picture(WEBP, 512, 500, 100_000),
            "small 0x12",
        ),
        (
            "whatsapp-sticker",
            picture(WEBP, 513, 512, 1),
            "refused pixels",
        ),
        (
            "whatsapp-sticker",
            picture(WEBP, 512, 512, 100_001),
            "refused bytes",
        ),
        (
            "whatsapp-sticker",
            animated(WEBP, 512, 512, 1),
            "refused frames",
        ),
        (
            "whatsapp-sticker-animated",
            animated(WEBP, 512, 512, 500_000),
            "fits",
        ),
        (
            "whatsapp-sticker-animated",
            animated(WEBP, 512, 512, 500_001),
            "refused bytes",
        ),
        (
            "whatsapp-sticker-animated",
            picture(WEBP, 512, 512, 1),
            "refused frames",
        ),
        (
            "whatsapp-header-image",
            picture(JPEG, 800, 418, 5_000_000),
            "fits",
        ),
        (
            "whatsapp-header-image",
            picture(JPEG, 800, 800, 1),
            "fits; better ratio pixels",
        ),
        (
            "whatsapp-header-image",
            picture(GIF, 800, 418, 1),
            "refused types",
        ),
        (
            "whatsapp-header-video",
            film("video/3gpp", &["h264", "aac"], 1),
            "fits",
        ),
        (
            "whatsapp-header-video",
            film(MP4, &["h264", "aac"], 16_000_001),
            "refused bytes",
        ),
        ("whatsapp-header-document", paper(PDF, 1), "fits"),
        (
            "whatsapp-header-document",
            picture(PNG, 9, 9, 1),
            "refused types",
        ),
        // Telegram
        (
            "telegram-photo",
            picture(JPEG, 9_000, 1_000, 10_000_000),
            "fits",
        ),
        (
            "telegram-photo",
            picture(JPEG, 9_000, 1_001, 1),
            "refused edge_sum",
        ),
        ("telegram-photo", picture(JPEG, 2_000, 100, 1), "fits"),
        (
            "telegram-photo",
            picture(JPEG, 2_001, 100, 1),
            "refused stretch",
        ),
        (
            "telegram-photo",
            picture(PNG, 9, 9, 10_000_001),
            "refused bytes",
        ),
        (
            "telegram-photo-by-url",
            picture(PNG, 9, 9, 5_000_000),
            "fits",
        ),
        (
            "telegram-photo-by-url",
            picture(PNG, 9, 9, 5_000_001),
            "refused bytes",
        ),
        ("telegram-document", paper("text/vcard", 50_000_000), "fits"),
        (
            "telegram-document",
            paper("text/vcard", 50_000_001),
            "refused bytes",
        ),
        ("telegram-document-by-url", paper(PDF, 20_000_000), "fits"),
        (
            "telegram-document-by-url",
            paper("text/plain", 20_000_001),
            "refused types bytes",
        ),
        ("telegram-video", film(MP4, &["hevc"], 50_000_000), "fits"),
        ("telegram-video", paper(PDF, 1), "refused types"),
        (
            "telegram-video-by-url",
            film(MP4, &["hevc"], 20_000_001),
            "refused bytes",
        ),
        (
            "telegram-audio",
            sound("audio/mpeg", "mp3", 50_000_000),
            "fits",
        ),
        (
            "telegram-audio",
            sound("audio/mpeg", "mp3", 50_000_001),
            "refused bytes",
        ),
        (
            "telegram-audio-by-url",
            sound("audio/mpeg", "mp3", 20_000_000),
            "fits",
        ),
        (
            "telegram-audio-by-url",
            sound("audio/mpeg", "mp3", 20_000_001),
            "refused bytes",
        ),
        // Messenger and Instagram
        ("messenger-image", picture(WEBP, 9, 9, 25_000_000), "fits"),
        (
            "messenger-image",
            picture(WEBP, 9, 9, 25_000_001),
            "refused bytes",
        ),
        (
            "messenger-image-by-url",
            picture(PNG, 9, 9, 8_000_000),
            "fits",
        ),
        (
            "messenger-image-by-url",
            picture(PNG, 9, 9, 8_000_001),
            "refused bytes",
        ),
        (
            "messenger-audio",
            sound("audio/mpeg", "mp3", 25_000_001),
            "refused bytes",
        ),
        ("messenger-video", film(MP4, &["h264"], 25_000_000), "fits"),
        ("messenger-file", paper("text/csv", 25_000_000), "fits"),
        (
            "messenger-file",
            paper("text/csv", 25_000_001),
            "refused bytes",
        ),
        ("instagram-image", picture(GIF, 9, 9, 8_000_000), "fits"),
        (
            "instagram-image",
            picture(GIF, 9, 9, 8_000_001),
            "refused bytes",
        ),
        ("instagram-image", picture(WEBP, 9, 9, 1), "refused types"),
        (
            "instagram-audio",
            sound("audio/wav", "pcm", 25_000_000),
            "fits",
        ),
        (
            "instagram-audio",
            sound("audio/mpeg", "mp3", 1),
            "refused types",
        ),
        (
            "instagram-video",
            film("video/webm", &["vp9"], 25_000_001),
            "refused bytes",
        ),
        ("instagram-file", paper(PDF, 25_000_000), "fits"),
        ("instagram-file", paper("text/plain", 1), "refused types"),
        // MMS and RCS
        ("mms-image", picture(JPEG, 640, 480, 300_000), "fits"),
        (
            "mms-image",
            picture(JPEG, 641, 480, 300_001),
            "fits; better bytes pixels",
        ),
        (
            "mms-image",
            picture(JPEG, 640, 480, 600_001),
            "fits; better bytes bytes",
        ),
        (
            "mms-image",
            picture(JPEG, 640, 480, 5_000_001),
            "refused bytes; better bytes bytes",
        ),
        (
            "mms-image",
            film(MP4, &["h264"], 1),
            "refused types; better pixels",
        ),
        ("rcs-image", picture(PNG, 9, 9, 100_000_000), "fits"),
        (
            "rcs-image",
            picture(WEBP, 9, 9, 100_000_001),
            "refused types bytes",
        ),
        (
            "rcs-video",
            film("video/webm", &["vp9"], 100_000_000),
            "fits",
        ),
        (
            "rcs-video",
            film("video/quicktime", &["h264"], 1),
            "refused types",
        ),
        ("rcs-pdf", paper(PDF, 100_000_000), "fits"),
        ("rcs-pdf", paper(PDF, 100_000_001), "refused bytes"),
        (
            "rcs-card-image",
            picture(JPEG, 1440, 720, 2_000_000),
            "fits",
        ),
        (
            "rcs-card-image",
            picture(JPEG, 1440, 720, 2_000_001),
            "refused bytes",
        ),
        (
            "rcs-card-image",
            picture(JPEG, 720, 720, 1),
            "cut 720x360+0+180; better pixels",
        ),
        ("rcs-card-video", film(MP4, &["h264"], 10_000_000), "fits"),
        (
            "rcs-card-video",
            film(MP4, &["h264"], 10_000_001),
            "refused bytes",
        ),
        (
            "rcs-card-video",
            file(Kind::Video, MP4, 1),
            "unsure; unknown ratio",
        ),
    ]
}
