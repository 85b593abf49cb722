//! Words of the settings: profile, people, storage, audit trail, accounts.

use model::Role;

use super::{Text, Word, fill, words};

words! {
    /// Words of the settings.
    pub struct SettingsText {
        settings: Word,
        back: Word,
        language: Word,
        as_browser: Word,
        look: Word,
        system: Word,
        light: Word,
        dark: Word,
        done: Word,
        profile: Word,
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
        oldest: Word,
        trash: Word,
        when: Word,
        who: Word,
        event: Word,
        subject: Word,
        address: Word,
        who_id: Word,
        subject_id: Word,
        from_day: Word,
        to_day: Word,
        search: Word,
        export: Word,
        nothing: Word,
        older: Word,
        new_account: Word,
        account_name: Word,
        user_quota: Word,
        quota_hint: Word,
        largest_of: Word,
        folder_images: Word,
        retention_days: Word,
        audit_days: Word,
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
    }
}

impl Text {
    /// How many files carry a tag or are for a team; counting ends at a thousand.
    pub fn at_most(&self, count: u64) -> String {
        if count < model::tag::COUNT_MOST {
            return self.files(count);
        }
        let count = self.number(count);
        fill(self.settings.many_files, &[("count", &count)])
    }

    /// What somebody is in an account.
    pub const fn role(&self, role: Role) -> Word {
        match role {
            Role::Agent => self.settings.agent,
            Role::Administrator => self.settings.administrator,
        }
    }
}
