//! The formats that are kept, as one table: kind, media type and extension of each.

use model::Kind;
use serde::{Deserialize, Serialize};

/// What `/limits` shows of one format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The format.
    pub format: Format,
    /// The kind of asset it makes.
    pub kind: Kind,
    /// The media type it is served with.
    pub mime: &'static str,
    /// The extensions people give it; the first is the one we give.
    pub extensions: &'static [&'static str],
}

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident $kind:ident $mime:literal $extensions:expr;)*) => {
        /// A format, told by content.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Format {
            $($(#[$doc])* $name,)*
        }

        /// Every format that is kept.
        pub const KNOWN: &[Known] = &[
            $(Known { format: Format::$name, kind: Kind::$kind, mime: $mime, extensions: &$extensions },)*
        ];
    };
}

formats! {
    /// JPEG.
    Jpeg Image "image/jpeg" ["jpg", "jpeg", "jpe", "jfif"];
    /// PNG, animated or not.
    Png Image "image/png" ["png", "apng"];
    /// GIF, animated or not.
    Gif Image "image/gif" ["gif"];
    /// WebP, animated or not.
    Webp Image "image/webp" ["webp"];
    /// AVIF.
    Avif Image "image/avif" ["avif"];
    /// HEIC, which is kept without renditions.
    Heic Image "image/heic" ["heic", "heif", "hif"];
    /// MP4 with moving pictures.
    Mp4 Video "video/mp4" ["mp4", "m4v"];
    /// `QuickTime`.
    Mov Video "video/quicktime" ["mov", "qt"];
    /// 3GPP.
    ThreeGp Video "video/3gpp" ["3gp", "3g2"];
    /// Matroska with moving pictures.
    Mkv Video "video/x-matroska" ["mkv"];
    /// `WebM` with moving pictures.
    Webm Video "video/webm" ["webm"];
    /// AVI.
    Avi Video "video/x-msvideo" ["avi"];
    /// MP4 with sound only.
    M4a Audio "audio/mp4" ["m4a", "m4b", "mp4"];
    /// 3GPP with sound only.
    ThreeGpAudio Audio "audio/3gpp" ["3gp", "3ga"];
    /// Matroska with sound only.
    Mka Audio "audio/x-matroska" ["mka", "mkv"];
    /// `WebM` with sound only.
    WebmAudio Audio "audio/webm" ["weba", "webm"];
    /// MP3.
    Mp3 Audio "audio/mpeg" ["mp3"];
    /// AAC in ADTS frames.
    Aac Audio "audio/aac" ["aac"];
    /// AMR, narrow band or wide band.
    Amr Audio "audio/amr" ["amr", "awb"];
    /// Ogg with sound.
    Ogg Audio "audio/ogg" ["ogg", "oga", "opus"];
    /// WAV.
    Wav Audio "audio/wav" ["wav"];
    /// FLAC.
    Flac Audio "audio/flac" ["flac"];
    /// PDF.
    Pdf Document "application/pdf" ["pdf"];
    /// Word.
    Docx Document "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ["docx"];
    /// Excel.
    Xlsx Document "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" ["xlsx"];
    /// `PowerPoint`.
    Pptx Document "application/vnd.openxmlformats-officedocument.presentationml.presentation" ["pptx"];
    /// `OpenDocument` text.
    Odt Document "application/vnd.oasis.opendocument.text" ["odt"];
    /// `OpenDocument` spreadsheet.
    Ods Document "application/vnd.oasis.opendocument.spreadsheet" ["ods"];
    /// `OpenDocument` presentation.
    Odp Document "application/vnd.oasis.opendocument.presentation" ["odp"];
    /// Word before 2007.
    Doc Document "application/msword" ["doc"];
    /// Excel before 2007.
    Xls Document "application/vnd.ms-excel" ["xls"];
    /// `PowerPoint` before 2007.
    Ppt Document "application/vnd.ms-powerpoint" ["ppt"];
    /// Rich text.
    Rtf Document "application/rtf" ["rtf"];
    /// A zip archive, which is never unpacked.
    Zip Document "application/zip" ["zip"];
    /// Plain text.
    Text Document "text/plain" ["txt", "text", "log", "md"];
    /// Text whose name says that it is a table.
    Csv Document "text/csv" ["csv"];
    /// A drawing in XML, kept only where the operator allows it, and never drawn.
    Svg Document "image/svg+xml" ["svg"];
    /// One or more contact cards.
    Vcard Contact "text/vcard" ["vcf", "vcard"];
}

impl Format {
    /// The row of [`KNOWN`].
    pub fn known(self) -> &'static Known {
        // The table is written in the order of the enum by the same macro.
        &KNOWN[self as usize]
    }

    /// The kind of asset.
    pub fn kind(self) -> Kind {
        self.known().kind
    }

    /// The media type.
    pub fn mime(self) -> &'static str {
        self.known().mime
    }

    /// The extension we give.
    pub fn extension(self) -> &'static str {
        self.known().extensions[0]
    }

    /// Whether it may say something that words are found in.
    pub fn has_text(self) -> bool {
        matches!(
            self,
            Self::Pdf
                | Self::Docx
                | Self::Xlsx
                | Self::Pptx
                | Self::Odt
                | Self::Ods
                | Self::Odp
                | Self::Rtf
                | Self::Doc
                | Self::Xls
                | Self::Ppt
                | Self::Text
                | Self::Csv
                | Self::Vcard
        )
    }

    /// Whether renditions can be made of it.
    pub fn has_renditions(self) -> bool {
        matches!(
            self,
            Self::Jpeg | Self::Png | Self::Gif | Self::Webp | Self::Avif
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_stands_on_its_own_row() {
        for known in KNOWN {
            assert_eq!(known.format.known(), known);
            assert!(!known.extensions.is_empty());
        }
    }
}
