//! Whether what happened to a file is what its verdict asks.

use serde_json::Value;

use super::{
    lets_in,
    manifest::{Sample, Verdict},
};
use crate::support::{Reply, Server, people::Who};

/// Looks at what happened.
pub struct Judge<'a> {
    pub server: &'a Server,
    pub who: &'a Who,
}

impl Judge<'_> {
    /// The asset a file became, if it did.
    pub async fn asset(&self, reply: &Reply) -> Option<Value> {
        if reply.status != 201 {
            return None;
        }
        match reply.header("satchel-asset-id") {
            "" => Some(reply.json()),
            id => Some(
                self.server
                    .reads(self.who, &format!("/api/v1/assets/{id}"))
                    .await,
            ),
        }
    }

    /// What is not as the verdict asks.
    pub async fn faults(
        &self,
        sample: &Sample,
        reply: &Reply,
        asset: Option<&Value>,
    ) -> Vec<String> {
        let mut faults = Vec::new();
        if reply.status >= 500 {
            faults.push(format!("answered {}: {}", reply.status, reply.text()));
        }
        match asset {
            None => {
                let detail = reply.json()["detail"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
                if lets_in(sample.verdict) {
                    faults.push(format!("refused with {}: {detail}", reply.status));
                }
                if detail.is_empty() {
                    faults.push("refused without a reason".to_owned());
                }
            }
            Some(asset) => {
                if sample.verdict == Verdict::Reject {
                    faults.push(format!("taken as {}", asset["mime"]));
                }
                faults.extend(self.kept(sample, asset).await);
            }
        }
        faults
    }

    /// What is wrong with a file that was taken.
    async fn kept(&self, sample: &Sample, asset: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        if asset["sha256"] != sample.sha256.as_str() {
            faults.push("other bytes were stored".to_owned());
        }
        if lets_in(sample.verdict) {
            faults.extend(figures(sample, asset));
        }
        faults.extend(self.inert(asset).await);
        if asset["has_renditions"] == true {
            faults.extend(self.rendition(asset).await);
        } else if sample.verdict == Verdict::Accept && must_be_seen(&sample.mime) {
            faults.push("there is no rendition".to_owned());
        }
        faults
    }

    /// Whether the original can do harm in a browser.
    async fn inert(&self, asset: &Value) -> Vec<String> {
        let path = format!(
            "/api/v1/assets/{}/content",
            asset["id"].as_str().unwrap_or_default()
        );
        let reply = self.server.head(&path).by(self.who).send().await;
        let mut faults = Vec::new();
        let sandboxed = reply.header("content-security-policy").contains("sandbox");
        if reply.status != 200 || reply.header("x-content-type-options") != "nosniff" || !sandboxed
        {
            faults.push(format!("its address is not inert: {}", reply.status));
        }
        let kind = reply.header("content-type");
        if ["html", "svg", "xml;", "javascript"]
            .iter()
            .any(|word| kind.contains(word))
        {
            faults.push(format!("served as {kind}"));
        }
        faults
    }

    async fn rendition(&self, asset: &Value) -> Vec<String> {
        let id = asset["id"].as_str().unwrap_or_default();
        let path = format!("/api/v1/assets/{id}/renditions/thumb");
        let request = self
            .server
            .get(&path)
            .by(self.who)
            .header("accept", "image/webp");
        let reply = request.send().await;
        if reply.status == 200 && reply.body.starts_with(b"RIFF") {
            return Vec::new();
        }
        vec![format!("its rendition answers {}", reply.status)]
    }
}

/// Kinds of picture that every build decodes.
fn must_be_seen(mime: &str) -> bool {
    matches!(
        mime,
        "image/jpeg" | "image/png" | "image/gif" | "image/webp"
    )
}

/// Width, height and duration, where the manifest tells them.
fn figures(sample: &Sample, asset: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (told, found) in [("w", "width"), ("h", "height")] {
        let expected = &sample.expect[told];
        if expected.is_u64() && *expected != asset[found] {
            faults.push(format!("{found} is {} and not {expected}", asset[found]));
        }
    }
    if let Some(seconds) = sample.expect["duration"].as_f64() {
        let found = asset["duration"].as_f64().unwrap_or(-1.0);
        if (found - seconds).abs() > 0.2 {
            faults.push(format!("plays {found} s and not {seconds} s"));
        }
    }
    faults
}
