//! The account's tags: made, renamed, colored, merged and deleted.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Cursor, FolderColor, GoneTag, Page, Tag};

use super::{gone::gone, page};
use crate::api::tags::list_tags;
use crate::text::use_text;

/// The account's tags.
#[component]
pub fn TagsPage() -> impl IntoView {
    let params = use_query_map();
    let cursor = move || params.with(|params| params.get("cursor").map(Cursor));
    let found = Resource::new(cursor, list_tags);
    page(use_text().settings.tags, found, |(tags, left): Shown| {
        let next = tags.next_cursor.clone();
        let left = left.into_iter();
        let left = left.map(|tag| (tag.id.to_string(), tag.name, tag.merged_into, tag.gone));
        view! {
            {create()}
            {list(&tags.items)}
            {next.map(|cursor| super::further("/settings/tags?", &cursor))}
            {gone(left.collect(), "/settings/tags/restore")}
        }
    })
}

/// A page of tags, and those that can be brought back.
type Shown = (Page<Tag>, Vec<GoneTag>);

fn create() -> impl IntoView {
    let words = &use_text().settings;
    view! {
        <form class="line" method="post" action="/settings/tags/create">
            <label>
                {words.new_tag}
                <input type="text" name="name" required=true maxlength="64" autocomplete="off" />
            </label>
            <button type="submit" class="primary">
                {words.make_tag}
            </button>
        </form>
    }
}

fn list(tags: &[Tag]) -> AnyView {
    let words = &use_text().settings;
    if tags.is_empty() {
        return view! { <p>{words.no_tags}</p> }.into_any();
    }
    let names: Vec<_> = tags
        .iter()
        .map(|tag| view! { <option value=tag.name.clone()></option> })
        .collect();
    let rows: Vec<_> = tags.iter().map(row).collect();
    view! {
        <datalist id="tag-names">{names}</datalist>
        <ul class="rows">{rows}</ul>
    }
    .into_any()
}

fn row(tag: &Tag) -> impl IntoView + use<> {
    let text = use_text();
    let words = &text.settings;
    let mut address = "/?tag=".to_owned();
    crate::query::encode(&tag.name, &mut address);
    view! {
        <li>
            <details class="edited">
                <summary>
                    <span class="what">
                        <strong dir="auto">{dot(tag.color)} {tag.name.clone()}</strong>
                        <span>{text.at_most(tag.asset_count)}</span>
                    </span>
                    <span class="button">{words.edit}</span>
                </summary>
                {forms(tag)}
            </details>
            <a class="button quiet" href=address>
                {words.show_files}
            </a>
        </li>
    }
}

/// The color of a tag.
fn dot(color: Option<FolderColor>) -> Option<impl IntoView> {
    color.map(|color| {
        let style = format!("background:var(--folder-{})", color.as_str());
        view! { <span class="dot" style=style></span> }
    })
}

fn forms(tag: &Tag) -> impl IntoView + use<> {
    let words = &use_text().settings;
    let id = tag.id.to_string();
    let version = tag.version.to_string();
    let hidden = |id: &str| view! { <input type="hidden" name="id" value=id.to_owned() /> };
    let seen = || view! { <input type="hidden" name="version" value=version.clone() /> };
    let name = tag.name.clone();
    let mut leaving = "/settings/leaving?tag=".to_owned();
    crate::query::encode(&tag.name, &mut leaving);
    view! {
        <div class="deeds">
            <form class="line" method="post" action="/settings/tags/rename">
                {hidden(&id)} {seen()} <label>
                    {words.name}
                    <input
                        type="text"
                        name="name"
                        value=name
                        required=true
                        maxlength="64"
                        autocomplete="off"
                        dir="auto"
                    />
                </label> <button type="submit">{words.rename}</button>
            </form>
            <form class="line" method="post" action="/settings/tags/color">
                {hidden(&id)} {seen()} <label>{words.color} {colors(tag.color)}</label>
                <button type="submit">{words.save_color}</button>
            </form>
            <form class="line" method="get" action="/settings/leaving">
                <input type="hidden" name="tag" value=tag.name.clone() />
                <label>
                    {words.merge_into}
                    <input
                        type="text"
                        name="into"
                        list="tag-names"
                        required=true
                        maxlength="64"
                        autocomplete="off"
                    />
                </label> <button type="submit">{words.merge}</button>
            </form>
            <a class="button" href=leaving>
                {words.delete}
            </a>
        </div>
    }
}

fn colors(chosen: Option<FolderColor>) -> impl IntoView {
    let words = &use_text().settings;
    let options: Vec<_> = FolderColor::ALL
        .into_iter()
        .zip(words.colors)
        .map(|(color, name)| {
            view! {
                <option value=color.as_str() selected={chosen == Some(color)}>
                    {name}
                </option>
            }
        })
        .collect();
    view! {
        <select name="color">
            <option value="">{words.no_color}</option>
            {options}
        </select>
    }
}
