//! Sound: how loud it is from its beginning to its end, and a player.

use std::fmt::Write as _;
use std::sync::Arc;

use leptos::html::Audio;
use leptos::prelude::*;
use model::Asset;
use model::preview::{Content, Waveform};

use super::Seen;
use super::film::unplayable;
use crate::browse::tile::{alt, picture};
use crate::browser::player;

/// How many strokes sound is drawn with.
const STROKES: usize = 100;
/// Half the height that sound is drawn in.
const HALF: usize = 32;

/// A player under the shape of its sound, which goes to where it is clicked.
pub fn player(asset: Arc<Asset>, seen: Seen) -> AnyView {
    let audio = NodeRef::<Audio>::new();
    let played = RwSignal::new(0);
    let fails = RwSignal::new(false);
    let follow = move |_| {
        if let Some(audio) = audio.get_untracked() {
            played.set(player::permille(&audio));
        }
    };
    Effect::new(move |_| {
        // It may have failed before the page lived.
        if audio.get().is_some_and(|audio| player::is_broken(&audio)) {
            fails.set(true);
        }
    });
    let icon = Arc::clone(&asset);
    view! {
        <div class="sound">
            {move || match shape(seen) {
                Some(wave) => drawn(&wave, audio, played),
                None => picture(&icon, true),
            }}
            <audio
                node_ref=audio
                controls=true
                preload="metadata"
                src=asset.content_path()
                aria-label=alt(&asset)
                on:timeupdate=follow
                on:seeking=follow
                on:error=move |_| fails.set(true)
            ></audio> {move || fails.get().then(unplayable)}
        </div>
    }
    .into_any()
}

fn shape(seen: Seen) -> Option<Waveform> {
    match seen.get()?.ok()?.content {
        Content::Waveform(wave) => Some(wave),
        _ => None,
    }
}

/// The shape, the part that was played in a color of its own; keys have the player's own slider.
fn drawn(wave: &Waveform, audio: NodeRef<Audio>, played: RwSignal<u32>) -> AnyView {
    let path = path(&wave.peaks);
    let size = format!("0 0 {STROKES} {}", 2 * HALF);
    let left = move || {
        let permille = 1000 - played.get();
        format!(
            "clip-path:inset(0 {}.{}% 0 0)",
            permille / 10,
            permille % 10
        )
    };
    view! {
        <div
            class="wave"
            aria-hidden="true"
            on:click=move |event| {
                if let Some(audio) = audio.get_untracked() {
                    player::seek(&event, &audio);
                    played.set(player::permille(&audio));
                }
            }
        >
            <svg viewBox=size.clone() preserveAspectRatio="none">
                <path d=path.clone() />
            </svg>
            <svg class="played" viewBox=size preserveAspectRatio="none" style=left>
                <path d=path />
            </svg>
        </div>
    }
    .into_any()
}

/// A stroke for each part of the sound, as high as its loudest.
fn path(peaks: &[u8]) -> String {
    let mut path = String::new();
    for at in 0..STROKES {
        let (from, to) = (at * peaks.len(), (at + 1) * peaks.len());
        let part = from / STROKES..to.div_ceil(STROKES);
        let peak = peaks[part].iter().copied().max().unwrap_or(0);
        // Silence is a dot.
        let high = (usize::from(peak) * (HALF - 2) / 255).max(1);
        let _ = write!(path, "M{at}.5 {}V{}", HALF - high, HALF + high);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_sound_has_its_stroke() {
        for count in [1, 3, 99, 100, 200] {
            let path = path(&vec![255; count]);
            assert_eq!(path.matches('M').count(), STROKES);
            assert!(path.starts_with("M0.5 2V62"), "{path}");
        }
        assert!(path(&[0]).starts_with("M0.5 31V33"));
        assert!(path(&[]).starts_with("M0.5 31V33"));
    }
}
