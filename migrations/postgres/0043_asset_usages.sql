-- Where assets are used outside: templates, campaigns, messages and pages of other programs, as
-- those say or as their links are found there. This is neither what an account holds
-- (`account_usage`) nor when an asset was last opened (`assets.used_at`).

create table asset_usages (
    id text primary key not null,
    account_id text not null references accounts (id),
    asset_id text not null references assets (id),
    kind text not null check (kind in ('template', 'campaign', 'message', 'page', 'other')),
    -- What the other program calls the place.
    reference text not null,
    -- What people call the place.
    title text not null,
    -- Where people look at the place; never fetched.
    url text,
    -- How it was first known.
    known_by text not null check (known_by in ('picker', 'delivery', 'api', 'scan')),
    created_at bigint not null,
    created_by text references users (id),
    -- When it was last said.
    seen_at bigint not null,
    unique (asset_id, kind, reference)
);

create index asset_usages_by_asset on asset_usages (asset_id, id);
create index asset_usages_by_place on asset_usages (account_id, kind, reference);
