//! How loud sound is: decoded once, and of each part the loudest kept.
//!
//! What a file says about its length is not believed: as much is listened to as there is, and at
//! most as much as the budget has room for.

use std::io::Cursor;

use model::preview::Waveform;
use opus_decoder::OpusDecoder;
use symphonia::core::{
    audio::Channels,
    codecs::audio::{
        AudioCodecParameters, AudioDecoder, AudioDecoderOptions, well_known::CODEC_ID_OPUS,
    },
    errors::Error as Fault,
    formats::{FormatOptions, TrackType, probe::Hint},
    io::{MediaSourceStream, MediaSourceStreamOptions},
    meta::MetadataOptions,
    packet::Packet,
};

use crate::{Budget, Result, Source, source::read_all};

/// How many peaks there are.
const PEAKS: usize = 200;
/// The most samples that are listened to: some 40 minutes of stereo, and a few seconds of work.
const MOST: u64 = 220_000_000;
/// What packets of Opus are decoded at.
const OPUS_RATE: u32 = 48_000;

/// How loud a file of sound is; nothing where it cannot be decoded.
///
/// # Errors
/// `TooHeavy` for files larger than the budget takes in.
pub(super) fn read(source: &mut dyn Source, budget: &Budget) -> Result<Option<Waveform>> {
    let bytes = read_all(source, budget.max_input)?;
    Ok(listen(bytes))
}

/// Decodes as much as there is; what cannot be decoded ends it.
fn listen(bytes: Vec<u8>) -> Option<Waveform> {
    let stream = MediaSourceStream::new(
        Box::new(Cursor::new(bytes)),
        MediaSourceStreamOptions::default(),
    );
    let (options, tags) = (FormatOptions::default(), MetadataOptions::default());
    let probe = symphonia::default::get_probe();
    let mut format = probe.probe(&Hint::new(), stream, options, tags).ok()?;
    let track = format.default_track(TrackType::Audio)?;
    let (id, params) = (track.id, track.codec_params.as_ref()?.audio()?);
    let mut ear = Ear::of(params)?;
    let (mut peaks, mut samples) = (Peaks::default(), 0);
    while let Ok(Some(packet)) = format.next_packet() {
        if packet.track_id != id {
            continue;
        }
        let Some((heard, channels)) = ear.hear(&packet) else {
            break;
        };
        samples += heard.len() as u64;
        peaks.take(heard, channels);
        if samples >= MOST {
            return peaks.told(true);
        }
    }
    peaks.told(false)
}

/// What decodes packets.
enum Ear {
    /// Most codecs.
    Any {
        decoder: Box<dyn AudioDecoder>,
        samples: Vec<f32>,
    },
    /// Opus, which messengers speak.
    Opus {
        decoder: Box<OpusDecoder>,
        samples: Vec<f32>,
        channels: usize,
    },
}

impl Ear {
    /// What decodes sound of this codec, if anything does.
    fn of(params: &AudioCodecParameters) -> Option<Self> {
        if params.codec == CODEC_ID_OPUS {
            let channels = params.channels.as_ref().map_or(2, Channels::count);
            let decoder = OpusDecoder::new(OPUS_RATE, channels).ok()?;
            let samples = vec![0.0; decoder.max_frame_size_per_channel() * channels];
            return Some(Self::Opus {
                decoder: Box::new(decoder),
                samples,
                channels,
            });
        }
        let codecs = symphonia::default::get_codecs();
        let decoder = codecs.make_audio_decoder(params, &AudioDecoderOptions::default());
        Some(Self::Any {
            decoder: decoder.ok()?,
            samples: Vec::new(),
        })
    }

    /// Samples of a packet, so many for each moment; none of one that is damaged.
    fn hear(&mut self, packet: &Packet) -> Option<(&[f32], usize)> {
        match self {
            Self::Any { decoder, samples } => match decoder.decode(packet) {
                Ok(sound) => {
                    sound.copy_to_vec_interleaved(samples);
                    Some((samples, sound.num_planes().max(1)))
                }
                Err(Fault::DecodeError(_) | Fault::IoError(_)) => Some((&[], 1)),
                Err(_) => None,
            },
            Self::Opus {
                decoder,
                samples,
                channels,
            } => {
                let heard = decoder.decode_float(&packet.data, samples, false);
                let heard = heard.unwrap_or(0) * *channels;
                Some((samples.get(..heard)?, *channels))
            }
        }
    }
}

/// The loudest of equal parts of sound whose end is not known.
///
/// Where there are twice as many parts as wanted, two neighbors become one.
#[derive(Default)]
struct Peaks {
    parts: Vec<f32>,
    /// Moments in a part.
    each: usize,
    /// Moments in the last part.
    last: usize,
}

impl Peaks {
    /// Takes in samples, so many for each moment.
    fn take(&mut self, samples: &[f32], channels: usize) {
        for moment in samples.chunks_exact(channels) {
            let loud = moment.iter().fold(0.0, |most: f32, it| most.max(it.abs()));
            if self.last == self.each {
                self.next();
            }
            self.last += 1;
            if let Some(part) = self.parts.last_mut() {
                *part = part.max(if loud.is_finite() { loud } else { 0.0 });
            }
        }
    }

    /// Begins a part.
    fn next(&mut self) {
        self.each = self.each.max(1);
        if self.parts.len() == 2 * PEAKS {
            let pairs = self.parts.chunks_exact(2);
            self.parts = pairs.map(|pair| pair[0].max(pair[1])).collect();
            self.each *= 2;
        }
        self.parts.push(0.0);
        self.last = 0;
    }

    /// The peaks, measured by the loudest; nothing where nothing was heard.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 255"
    )]
    fn told(&self, is_cut: bool) -> Option<Waveform> {
        let count = self.parts.len();
        let loudest = self.parts.iter().copied().fold(0.0, f32::max);
        if count == 0 {
            return None;
        }
        // A hiss of a rounding error is silence.
        let scale = if loudest < 1e-4 { 0.0 } else { 255.0 / loudest };
        let wanted = count.min(PEAKS);
        let peak = |at: usize| {
            let part = at * count / wanted..((at + 1) * count).div_ceil(wanted);
            let loud = self.parts[part].iter().copied().fold(0.0, f32::max);
            (loud * scale).round() as u8
        };
        Some(Waveform {
            peaks: (0..wanted).map(peak).collect(),
            is_cut,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peaks(moments: usize, channels: usize, loud: impl Fn(usize) -> f32) -> Option<Waveform> {
        let samples: Vec<_> = (0..moments * channels)
            .map(|at| loud(at / channels))
            .collect();
        let mut peaks = Peaks::default();
        for packet in samples.chunks(960 * channels) {
            peaks.take(packet, channels);
        }
        peaks.told(false)
    }

    #[test]
    fn loud_and_soft_stand_where_they_are() {
        for channels in [1, 2, 6] {
            let wave = peaks(
                100_000,
                channels,
                |at| if at < 50_000 { 0.25 } else { -0.5 },
            );
            let wave = wave.expect("sound");
            assert_eq!(wave.peaks.len(), PEAKS);
            assert!(wave.peaks[..98].iter().all(|peak| *peak == 128), "{wave:?}");
            assert!(
                wave.peaks[102..].iter().all(|peak| *peak == 255),
                "{wave:?}"
            );
        }
    }

    #[test]
    fn short_sound_has_fewer_peaks_and_silence_has_none() {
        assert_eq!(peaks(3, 1, |_| 1.0).expect("sound").peaks, [255; 3]);
        assert_eq!(peaks(0, 1, |_| 1.0), None);
        let silence = peaks(50_000, 2, |_| 0.0).expect("silence").peaks;
        assert!(silence.len() == PEAKS && silence.iter().all(|peak| *peak == 0));
        assert_eq!(peaks(2, 1, |_| f32::NAN).expect("noise").peaks, [0; 2]);
    }
}
