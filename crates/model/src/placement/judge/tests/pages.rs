//! Verdicts at the edges of content cards, email, in-app messages and push.

use super::*;

/// Files at the edges, and what is said of them.
pub fn rows() -> Vec<Row> {
    vec![
        // Content cards
        (
            "content-card-classic",
            picture(PNG, 60, 60, 5_000_000),
            "fits",
        ),
        (
            "content-card-classic",
            picture(PNG, 59, 60, 1),
            "small 1x0; better pixels",
        ),
        (
            "content-card-classic",
            picture(PNG, 120, 60, 1),
            "cut 60x60+30+0; better pixels",
        ),
        (
            "content-card-classic",
            picture(WEBP, 60, 60, 1),
            "refused types",
        ),
        ("content-card-captioned", picture(JPEG, 600, 450, 1), "fits"),
        (
            "content-card-captioned",
            picture(JPEG, 599, 450, 1),
            "small 1x0",
        ),
        (
            "content-card-captioned",
            picture(JPEG, 600, 600, 1),
            "cut 600x450+0+75",
        ),
        (
            "content-card-banner",
            picture(GIF, 600, 20, 5_000_000),
            "fits",
        ),
        (
            "content-card-banner",
            picture(GIF, 599, 20, 5_000_001),
            "refused bytes",
        ),
        // Email
        ("email-header", picture(PNG, 600, 9_000, 5_000_000), "fits"),
        ("email-header", picture(PNG, 601, 100, 1), "refused pixels"),
        ("email-header", picture(WEBP, 600, 100, 1), "refused types"),
        ("email-body", picture(PNG, 480, 100, 1), "fits"),
        ("email-body", picture(PNG, 481, 100, 1), "refused pixels"),
        ("email-attachment", paper("text/csv", 10_000_000), "fits"),
        (
            "email-attachment",
            paper("text/csv", 10_000_001),
            "refused bytes",
        ),
        // In-app messages
        (
            "in-app-full-image-text",
            picture(PNG, 1200, 1000, 500_000),
            "fits",
        ),
        (
            "in-app-full-image-text",
            picture(PNG, 600, 500, 500_001),
            "fits; better bytes pixels",
        ),
        (
            "in-app-full-image-text",
            picture(PNG, 599, 499, 1),
            "small 1x1; better pixels",
        ),
        (
            "in-app-full-image-text",
            picture(PNG, 1200, 1200, 1),
            "cut 1200x1000+0+100; better pixels",
        ),
        ("in-app-full-image", picture(JPEG, 1200, 2000, 1), "fits"),
        (
            "in-app-full-image",
            picture(JPEG, 600, 999, 1),
            "small 0x1; better pixels",
        ),
        (
            "in-app-full-image",
            picture(JPEG, 2000, 2000, 1),
            "cut 1200x2000+400+0; better pixels",
        ),
        ("in-app-landscape", picture(JPEG, 2000, 600, 1), "fits"),
        (
            "in-app-landscape",
            picture(JPEG, 1000, 1000, 1),
            "cut 1000x300+0+350; better pixels",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 1450, 500, 1),
            "fits",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 600, 205, 1),
            "fits; better pixels",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 600, 204, 1),
            "small 0x1; better pixels",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 1850, 500, 1),
            "cut 1450x500+200+0; better pixels",
        ),
        (
            "in-app-modal-image-text",
            picture(PNG, 1450, 900, 1),
            "fits; better ratio pixels",
        ),
        (
            "in-app-modal-image",
            picture(PNG, 600, 600, 1),
            "fits; better pixels",
        ),
        (
            "in-app-modal-image",
            picture(PNG, 599, 2_000, 1),
            "small 1x0; better pixels",
        ),
        ("in-app-slideup", picture(PNG, 150, 150, 1), "fits"),
        (
            "in-app-slideup",
            picture(PNG, 300, 150, 1),
            "fits; better ratio pixels",
        ),
        (
            "in-app-slideup",
            picture(PNG, 49, 50, 1),
            "small 1x0; better ratio pixels",
        ),
        // Push
        ("push-ios", picture(JPEG, 1038, 519, 500_000), "fits"),
        ("push-ios", picture(JPEG, 1039, 519, 1), "refused pixels"),
        (
            "push-ios",
            picture(JPEG, 1000, 1000, 1),
            "cut 1000x500+0+250",
        ),
        (
            "push-ios",
            picture(JPEG, 1038, 519, 5_000_001),
            "refused bytes; better bytes",
        ),
        (
            "push-android-icon",
            picture(PNG, 1, 1, 1_000_000),
            "fits; better bytes",
        ),
        (
            "push-android-icon",
            picture(GIF, 64, 64, 1),
            "refused types",
        ),
        (
            "push-android-icon",
            picture(PNG, 64, 64, 1_000_001),
            "refused bytes; better bytes",
        ),
        (
            "push-android-expanded",
            picture(PNG, 1024, 512, 500_000),
            "fits",
        ),
        (
            "push-android-expanded",
            picture(PNG, 600, 300, 1),
            "fits; better pixels",
        ),
        (
            "push-android-expanded",
            picture(PNG, 512, 256, 1),
            "small 88x44; better pixels",
        ),
        (
            "push-android-expanded",
            animated(GIF, 1024, 512, 1),
            "refused types",
        ),
        ("push-android-inline", picture(PNG, 300, 200, 1), "fits"),
        (
            "push-android-inline",
            picture(PNG, 400, 200, 1),
            "cut 300x200+50+0",
        ),
        ("push-web-icon", picture(PNG, 192, 192, 1), "fits"),
        ("push-web-icon", picture(PNG, 191, 191, 1), "small 1x1"),
        ("push-web-image", picture(PNG, 720, 360, 1), "fits"),
        (
            "push-web-image",
            picture(PNG, 720, 720, 1),
            "cut 720x360+0+180",
        ),
    ]
}
