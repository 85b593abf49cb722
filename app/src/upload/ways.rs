//! The ways in that the upload button opens: files, pictures that are cropped first, a folder.

use leptos::{
    html::{Details, Input},
    prelude::*,
};

use super::{
    provider::chosen,
    uploads::{Brought, Uploads, use_uploads},
};
use crate::components::{Glyph, Icon};
use crate::crop::outline;
use crate::parts::part;
use crate::text::use_text;

/// What can be cut in a browser.
const PICTURES: &str = "image/jpeg,image/png,image/webp";

part! { tidy;
    /// The choices of the upload button's menu.
    pub fn ways_in(menu: NodeRef<Details>) -> AnyView {
        ways(use_uploads(), menu)
    }
}

fn ways(uploads: Uploads, menu: NodeRef<Details>) -> AnyView {
    let words = use_text().uploading();
    let (pictures, folder) = (NodeRef::new(), NodeRef::new());
    let way = move |icon: AnyView, name: &'static str, input: NodeRef<Input>, key: AnyView| {
        let choose = move |_| {
            if let Some(menu) = menu.get_untracked() {
                menu.set_open(false);
            }
            uploads.choose(input);
        };
        view! {
            <button type="button" on:click=choose>
                {icon}
                <span>{name}</span>
                {key}
            </button>
        }
        .into_any()
    };
    let glyph = |glyph| view! { <Icon glyph /> }.into_any();
    let key = view! { <kbd>"U"</kbd> }.into_any();
    let none = || ().into_any();
    view! {
        {way(glyph(Glyph::Document), words.choose_files, uploads.files, key)}
        {way(outline::icon(outline::CROP), words.crop_first, pictures, none())}
        {way(glyph(Glyph::Folder), words.choose_folder, folder, none())}
        {picture_input(uploads, pictures)}
        {folder_input(uploads, folder)}
    }
    .into_any()
}

fn picture_input(uploads: Uploads, input: NodeRef<Input>) -> AnyView {
    let take = move |_| uploads.bring(Brought::ToCrop(chosen(input), uploads.target_now()));
    view! {
        <input
            hidden
            type="file"
            multiple
            accept=PICTURES
            aria-label=use_text().uploading().crop_first
            node_ref=input
            on:change=take
        />
    }
    .into_any()
}

fn folder_input(uploads: Uploads, input: NodeRef<Input>) -> AnyView {
    Effect::new(move || {
        if let Some(input) = input.get() {
            let _ = input.set_attribute("webkitdirectory", "");
        }
    });
    let take = move |_| uploads.receive(chosen(input), uploads.target_now());
    view! {
        <input
            hidden
            type="file"
            multiple
            aria-label=use_text().uploading().folder_to_upload
            node_ref=input
            on:change=take
        />
    }
    .into_any()
}
