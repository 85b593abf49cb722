-- Whether the folder that an asset in the trash lay in is gone for good, so that it comes back
-- elsewhere.

alter table assets add column is_displaced boolean not null default false;
