//! The one door to libwebp. Its newest release has no safe wrapper, so this file keeps the few
//! calls that are needed behind two functions that take and give slices.
#![expect(
    unsafe_code,
    reason = "libwebp is a C library; every call is argued for where it stands"
)]

use libwebp_sys as sys;

use crate::Pixels;

/// Decodes a still picture of a known size, at a smaller one where that is given.
///
/// `None` where it has another size than its chunks told when the budget was checked.
pub(super) fn decode(
    bytes: &[u8],
    told_size: (u32, u32),
    scaled: Option<(u32, u32)>,
) -> Option<Pixels> {
    let mut config = sys::WebPDecoderConfig::new().ok()?;
    // SAFETY: pointer and length are of one slice; `input` is a plain struct that is written.
    let told = unsafe { sys::WebPGetFeatures(bytes.as_ptr(), bytes.len(), &raw mut config.input) };
    if told != sys::VP8StatusCode::VP8_STATUS_OK || config.input.has_animation != 0 {
        return None;
    }
    let alpha = config.input.has_alpha != 0;
    let full = (
        config.input.width.try_into().ok()?,
        config.input.height.try_into().ok()?,
    );
    if full != told_size {
        return None;
    }
    let (width, height): (u32, u32) = scaled.unwrap_or(full);
    if scaled.is_some() {
        config.options.use_scaling = 1;
        config.options.scaled_width = width.try_into().ok()?;
        config.options.scaled_height = height.try_into().ok()?;
    }
    let channels = if alpha { 4 } else { 3 };
    let stride = width as usize * channels;
    let mut data = vec![0; stride * height as usize];
    config.output.colorspace = if alpha {
        sys::WEBP_CSP_MODE::MODE_RGBA
    } else {
        sys::WEBP_CSP_MODE::MODE_RGB
    };
    config.output.is_external_memory = 1;
    config.output.u.RGBA = sys::WebPRGBABuffer {
        rgba: data.as_mut_ptr(),
        stride: stride.try_into().ok()?,
        size: data.len(),
    };
    // SAFETY: the input is one slice; the output is memory of ours with its true stride and size,
    // which outlives the call and which libwebp checks against the picture before it writes.
    let status = unsafe { sys::WebPDecode(bytes.as_ptr(), bytes.len(), &raw mut config) };
    (status == sys::VP8StatusCode::VP8_STATUS_OK).then_some(Pixels {
        width,
        height,
        alpha,
        data,
    })
}

/// Encodes a picture, without loss where no quality is given; `None` where libwebp refuses it, as
/// for edges beyond 16 383 pixels.
pub(crate) fn encode(pixels: &Pixels, quality: Option<f32>, method: u8) -> Option<Vec<u8>> {
    let mut config = sys::WebPConfig::new().ok()?;
    config.lossless = quality.is_none().into();
    // Without loss it is the effort that is told, and clear pixels keep their color.
    config.quality = quality.unwrap_or(50.0);
    config.exact = quality.is_none().into();
    config.method = method.into();
    let mut picture = sys::WebPPicture::new().ok()?;
    // Otherwise the import makes luma and chroma of the colors, which is a loss of its own.
    picture.use_argb = config.lossless;
    picture.width = pixels.width.try_into().ok()?;
    picture.height = pixels.height.try_into().ok()?;
    let stride = i32::try_from(pixels.width as usize * pixels.channels()).ok()?;
    assert_eq!(
        pixels.data.len(),
        pixels.height as usize * pixels.width as usize * pixels.channels()
    );
    let mut writer = std::mem::MaybeUninit::<sys::WebPMemoryWriter>::uninit();
    // SAFETY: the writer is initialised by its own function before it is used; the import reads
    // height × stride bytes, which the assertion above found to be there; the writer lives until
    // after the encoder is done with it; what libwebp has allocated is freed on every way out.
    unsafe {
        sys::WebPMemoryWriterInit(writer.as_mut_ptr());
        picture.writer = Some(sys::WebPMemoryWrite);
        picture.custom_ptr = writer.as_mut_ptr().cast();
        let import = if pixels.alpha {
            sys::WebPPictureImportRGBA
        } else {
            sys::WebPPictureImportRGB
        };
        let done = import(&raw mut picture, pixels.data.as_ptr(), stride) != 0
            && sys::WebPEncode(&raw const config, &raw mut picture) != 0;
        let memory = writer.assume_init_mut();
        let bytes = done.then(|| std::slice::from_raw_parts(memory.mem, memory.size).to_vec());
        sys::WebPPictureFree(&raw mut picture);
        sys::WebPMemoryWriterClear(memory);
        bytes
    }
}
