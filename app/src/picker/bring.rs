//! Bringing files into the library without leaving the picker: a request each, few at a time.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Asset, Problem};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList, FormData, ProgressEvent, XmlHttpRequest};

use super::door::{PREFIX, broken, problem_in};
use super::state::Picker;
use crate::format;
use crate::text::use_text;

/// So many go up at once.
const AT_ONCE: usize = 3;

/// How an upload stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Waiting,
    Sending,
    Done,
    /// In the reader's words.
    Failed(String),
}

/// A file on its way into the library; cheap to clone.
#[derive(Clone)]
pub struct Upload {
    pub id: u32,
    pub name: String,
    pub state: RwSignal<State>,
    /// How much of it has gone up, in percent.
    pub percent: RwSignal<u32>,
}

thread_local! {
    /// What goes up, and what waits; there is one picker to a page.
    static LINE: RefCell<VecDeque<(u32, File)>> =
        const { RefCell::new(VecDeque::new()) };
    static UNDER_WAY: RefCell<Vec<(u32, Rc<XmlHttpRequest>)>> =
        const { RefCell::new(Vec::new()) };
}

/// The files of a list.
pub fn files_of(list: Option<FileList>) -> Vec<File> {
    let list = list.into_iter();
    list.flat_map(|list| (0..list.length()).filter_map(move |at| list.get(at)))
        .collect()
}

impl Picker {
    /// Brings files into the library, and chooses them when they are there.
    pub fn bring(self, files: Vec<File>) {
        if !self.rights.with_value(|rights| rights.upload) {
            return;
        }
        for file in files {
            let id = self.last_upload.get_value() + 1;
            self.last_upload.set_value(id);
            let upload = Upload {
                id,
                name: file.name(),
                state: RwSignal::new(State::Waiting),
                percent: RwSignal::new(0),
            };
            self.uploads.update(|uploads| uploads.push(upload));
            LINE.with_borrow_mut(|line| line.push_back((id, file)));
        }
        self.pump();
    }

    /// Stops an upload, or takes one off the list that is over.
    pub fn drop_upload(self, id: u32) {
        LINE.with_borrow_mut(|line| line.retain(|(other, _)| *other != id));
        let request = UNDER_WAY.with_borrow(|all| {
            let found = all.iter().find(|(other, _)| *other == id);
            found.map(|(_, request)| Rc::clone(request))
        });
        if let Some(request) = request {
            let _ = request.abort();
        }
        self.uploads
            .update(|uploads| uploads.retain(|upload| upload.id != id));
    }

    fn pump(self) {
        while UNDER_WAY.with_borrow(Vec::len) < AT_ONCE {
            let next = LINE.with_borrow_mut(VecDeque::pop_front);
            let Some((id, file)) = next else {
                return;
            };
            let upload = self.uploads.with_untracked(|uploads| {
                let found = uploads.iter().find(|upload| upload.id == id);
                found.cloned()
            });
            let Some((upload, request)) = upload.zip(XmlHttpRequest::new().ok()) else {
                continue;
            };
            let request = Rc::new(request);
            UNDER_WAY.with_borrow_mut(|all| all.push((id, Rc::clone(&request))));
            upload.state.set(State::Sending);
            spawn_local(async move {
                let outcome = self.send_file(&upload, &file, &request).await;
                UNDER_WAY.with_borrow_mut(|all| all.retain(|(other, _)| *other != id));
                self.arrived(&upload, outcome);
                self.pump();
            });
        }
    }

    fn arrived(self, upload: &Upload, outcome: Result<Asset, Problem>) {
        let is_wanted = self
            .uploads
            .try_with_untracked(|uploads| uploads.iter().any(|other| other.id == upload.id));
        match outcome {
            Ok(asset) => {
                let asset = Arc::new(asset);
                upload.state.set(State::Done);
                self.show_first(Arc::clone(&asset));
                self.take(&asset);
            }
            Err(problem) if is_wanted == Some(true) => {
                let told = use_text().problem(&problem.named(upload.name.clone()));
                upload.state.set(State::Failed(told));
            }
            Err(_) => {}
        }
    }

    async fn send_file(
        self,
        upload: &Upload,
        file: &File,
        request: &XmlHttpRequest,
    ) -> Result<Asset, Problem> {
        let answer = self.send_once(upload, file, request).await?;
        let (status, text) = if answer.0 == 401 && self.door().renew().await {
            self.send_once(upload, file, request).await?
        } else {
            answer
        };
        match status {
            200..300 => serde_json::from_str(&text).map_err(|_| problem_in(&text)),
            _ => Err(problem_in(&text)),
        }
    }

    async fn send_once(
        self,
        upload: &Upload,
        file: &File,
        request: &XmlHttpRequest,
    ) -> Result<(u16, String), Problem> {
        let form = self.form(file).map_err(broken)?;
        let percent = upload.percent;
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            let part = event.loaded() * 100.0 / event.total().max(1.0);
            let _ = percent.try_set(u32::try_from(format::pixels(part)).unwrap_or(0).min(100));
        });
        request
            .open_with_async("POST", &format!("{PREFIX}assets"), true)
            .map_err(broken)?;
        if let Some(pass) = self.door().pass() {
            request
                .set_request_header("Authorization", &pass)
                .map_err(broken)?;
        }
        if let Ok(body) = request.upload() {
            body.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        }
        let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
        request
            .send_with_opt_form_data(Some(&form))
            .map_err(broken)?;
        let _ = JsFuture::from(ended).await;
        drop(progress);
        match request.status() {
            Ok(status) if status > 0 => {
                let text = request.response_text().ok().flatten();
                Ok((status, text.unwrap_or_default()))
            }
            _ => Err(broken(JsValue::NULL)),
        }
    }

    fn form(self, file: &File) -> Result<FormData, JsValue> {
        let form = FormData::new()?;
        let here = self.query.with_untracked(|query| query.folder);
        let folder = here.or_else(|| self.rights.with_value(|rights| rights.folder));
        if let Some(folder) = folder {
            form.append_with_str("folder_id", &folder.to_string())?;
        }
        form.append_with_blob_and_filename("file", file, &file.name())?;
        Ok(form)
    }
}
