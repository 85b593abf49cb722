-- How a person wants the interface: its language and its look.

-- Absent: as the browser asks for.
alter table users add column language text check (language in ('en', 'pt-BR'));
alter table users add column theme text not null default 'system'
    check (theme in ('system', 'light', 'dark'));
