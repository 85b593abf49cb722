//! Words of the settings: profile, people, storage, audit trail, accounts.

use model::{Gone, Role, Timestamp};

use super::{Counted, Text, Word, fill, words};
use crate::api::leaving::{COUNTED_MOST, Leaver, Leaving};

words! {
    /// Words of the settings.
    pub struct SettingsText {
        back: Word,
        language: Word,
        as_browser: Word,
        look: Word,
        system: Word,
        light: Word,
        dark: Word,
        done: Word,
        profile: Word,
        programs: Word,
        people: Word,
        storage: Word,
        audit: Word,
        accounts: Word,
        change_password: Word,
        old_password: Word,
        new_password: Word,
        new_password_hint: Word,
        sessions: Word,
        this_one: Word,
        unknown_browser: Word,
        last_seen: Word,
        end: Word,
        sessions_of: Word,
        sign_out_everywhere: Word,
        invite: Word,
        invite_now: Word,
        role: Word,
        agent: Word,
        administrator: Word,
        operator: Word,
        link_made: Word,
        link: Word,
        invitations: Word,
        invited_until: Word,
        not_accepted: Word,
        seen: Word,
        withdraw: Word,
        name: Word,
        disabled: Word,
        disable: Word,
        enable: Word,
        reset: Word,
        save_role: Word,
        used: Word,
        of_quota: Word,
        no_limit: Word,
        kind: Word,
        files: Word,
        size: Word,
        archived: Word,
        in_trash: Word,
        in_total: Word,
        own: Word,
        by_person: Word,
        review: Word,
        largest: Word,
        trash: Word,
        when: Word,
        who: Word,
        event: Word,
        subject: Word,
        address: Word,
        from_day: Word,
        to_day: Word,
        search: Word,
        export: Word,
        nothing: Word,
        new_account: Word,
        account_name: Word,
        user_quota: Word,
        quota_hint: Word,
        largest_of: Word,
        folder_images: Word,
        retention_days: Word,
        audit_days: Word,
        max_assets: Word,
        library_on: Word,
        next: Word,
        tags: Word,
        teams: Word,
        new_tag: Word,
        make_tag: Word,
        no_tags: Word,
        new_team: Word,
        make_team: Word,
        no_teams: Word,
        nobody: Word,
        edit: Word,
        show_files: Word,
        rename: Word,
        color: Word,
        colors: [Word; 8],
        no_color: Word,
        save_color: Word,
        merge_into: Word,
        merge: Word,
        delete: Word,
        members: Word,
        save_members: Word,
        many_files: Word,
        you: Word,
        just_now: Word,
        minutes_ago: Counted,
        hours_ago: Counted,
        days_ago: Counted,
        all_people: Word,
        brought: Word,
        may_bring: Word,
        may_bring_hint: Word,
        as_everybody: Word,
        deeds: Word,
        is_disabled: Word,
        no_sessions: Word,
        unused_hint: Word,
        largest_hint: Word,
        to_trash: Word,
        moved_to_trash: Counted,
        open_trash: Word,
        show_all: Word,
        choose: Word,
        high: Word,
        critical: Word,
        under_way: Word,
        kept_for: Counted,
        any_event: Word,
        satchel_itself: Word,
        nobody_known: Word,
        who_hint: Word,
        no_hits: Word,
        show_everything: Word,
        utc_days: Word,
        all_accounts: Word,
        limits: Word,
        library_off: Word,
        no_people: Word,
        tokens_made: Word,
        tokens_hint: Word,
        revoked: Word,
        leaving: Word,
        delete_tag_asks: Word,
        merge_tag_asks: Word,
        delete_team_asks: Word,
        leaves: Counted,
        leaves_many: Word,
        way_back: Word,
        keep: Word,
        gone: Word,
        gone_hint: Word,
        gone_by: Word,
        gone_into: Word,
        gone_until: Word,
        bring_back: Word,
    }
}

impl Text {
    /// How many files carry a tag or are for a team; counting ends at ten thousand.
    pub fn at_most(&self, count: u64) -> String {
        if count < model::tag::COUNT_MOST {
            return self.files(count);
        }
        let count = self.number(count);
        fill(self.settings.many_files, &[("count", &count)])
    }

    /// Whether a tag or a team is to go.
    pub fn asks_leaving(&self, leaving: &Leaving) -> String {
        let words = &self.settings;
        let asks = match (leaving.leaver, &leaving.into) {
            (Leaver::Team(_), _) => words.delete_team_asks,
            (Leaver::Tag(_), None) => words.delete_tag_asks,
            (Leaver::Tag(_), Some(_)) => words.merge_tag_asks,
        };
        let into = leaving.into.as_deref().unwrap_or_default();
        fill(asks, &[("name", &leaving.name), ("into", into)])
    }

    /// Of how many files it goes; counting ends somewhere.
    pub fn leaves(&self, count: u64) -> String {
        if count < COUNTED_MOST {
            return self.counted(&self.settings.leaves, count, &[]);
        }
        let count = self.number(count);
        fill(self.settings.leaves_many, &[("count", &count)])
    }

    /// When a tag or a team went, and who did that.
    pub fn went(&self, gone: &Gone, into: Option<&str>) -> String {
        let words = &self.settings;
        let by = gone.by.as_deref();
        let by = by.map(|name| fill(words.gone_by, &[("name", name)]));
        let into = into.map(|name| fill(words.gone_into, &[("name", name)]));
        let until = self.day(gone.until);
        let until = fill(words.gone_until, &[("day", &until)]);
        let parts: Vec<_> = [into, by, Some(until)].into_iter().flatten().collect();
        parts.join(" · ")
    }

    /// What somebody is in an account.
    pub const fn role(&self, role: Role) -> Word {
        match role {
            Role::Agent => self.settings.agent,
            Role::Administrator => self.settings.administrator,
        }
    }

    /// How long ago something was; after a month, the day.
    pub fn ago(&self, at: Timestamp, now: Timestamp) -> String {
        let minutes = now.since(at).as_secs() / 60;
        let words = &self.settings;
        let (counted, count) = match minutes {
            0 => return words.just_now.to_owned(),
            1..60 => (&words.minutes_ago, minutes),
            60..1_440 => (&words.hours_ago, minutes / 60),
            1_440..43_200 => (&words.days_ago, minutes / 1_440),
            _ => return self.day(at),
        };
        self.counted(counted, count, &[])
    }

    /// How long the audit trail is kept.
    pub fn kept_for(&self, days: u32) -> String {
        self.counted(&self.settings.kept_for, days.into(), &[])
    }

    /// How many files went to the trash just now.
    pub fn moved_to_trash(&self, count: u64) -> String {
        self.counted(&self.settings.moved_to_trash, count, &[])
    }

    /// What the box before a file does.
    pub fn choose(&self, name: &str) -> String {
        fill(self.settings.choose, &[("name", name)])
    }

    /// How a person's own quota is written, and what holds without one.
    pub fn may_bring_hint(&self, quota: &str) -> String {
        fill(self.settings.may_bring_hint, &[("quota", quota)])
    }

    /// What is held back for uploads under way.
    pub fn under_way(&self, size: &str) -> String {
        fill(self.settings.under_way, &[("size", size)])
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::text::{ENGLISH, PORTUGUESE};

    #[test]
    fn what_was_lately_is_told_by_how_long_ago_it_was() {
        let now: Timestamp = "2026-11-21T09:30:00Z".parse().unwrap();
        let told = |minutes: u64| {
            let at = now.before(Duration::from_mins(minutes));
            [ENGLISH.ago(at, now), PORTUGUESE.ago(at, now)]
        };

        assert_eq!(told(0), ["just now", "agora mesmo"]);
        assert_eq!(told(1), ["1 minute ago", "há 1 minuto"]);
        assert_eq!(told(119), ["1 hour ago", "há 1 hora"]);
        assert_eq!(told(3 * 1_440), ["3 days ago", "há 3 dias"]);
        assert_eq!(told(31 * 1_440), ["Oct 21, 2026", "21 de out. de 2026"]);
    }
}
