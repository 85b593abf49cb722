//! GIF as it is seen: frames laid on a screen, which is left, cleared or put back as they say.

use gif::{ColorOutput, DecodeOptions, DisposalMethod, Repeat};

/// A film as it is seen.
pub struct Film {
    /// Pixels in a row.
    pub across: usize,
    /// How often it is shown again.
    pub repeat: Repeat,
    pub pictures: Vec<Seen>,
}

/// A picture of a film.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub delay: u16,
    /// Row after row.
    pub colors: Vec<[u8; 4]>,
}

impl Film {
    pub fn read(bytes: &[u8]) -> Self {
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::RGBA);
        let mut decoder = options.read_info(bytes).expect("a film");
        let across = usize::from(decoder.width());
        let mut screen = vec![[0; 4]; across * usize::from(decoder.height())];
        let mut pictures = Vec::new();
        while let Some(frame) = decoder.read_next_frame().expect("a frame") {
            let before = screen.clone();
            let (left, top) = (usize::from(frame.left), usize::from(frame.top));
            let width = usize::from(frame.width);
            let place = |at: usize| (top + at / width) * across + left + at % width;
            for (at, color) in frame.buffer.chunks_exact(4).enumerate() {
                if color[3] > 0 {
                    screen[place(at)].copy_from_slice(color);
                }
            }
            pictures.push(Seen {
                delay: frame.delay,
                colors: screen.clone(),
            });
            match frame.dispose {
                DisposalMethod::Background => {
                    let all = 0..width * usize::from(frame.height);
                    all.for_each(|at| screen[place(at)] = [0; 4]);
                }
                DisposalMethod::Previous => screen = before,
                DisposalMethod::Any | DisposalMethod::Keep => {}
            }
        }
        Self {
            across,
            repeat: decoder.repeat(),
            pictures,
        }
    }
}
