-- Renditions have more formats and sizes: AVIF, which is thrown away where it is no smaller than
-- what is made at once, and that remembered; and sizes for dense screens.

alter table renditions drop constraint renditions_preset_check;
alter table renditions drop constraint renditions_format_check;
alter table renditions drop constraint renditions_state_check;

alter table renditions add constraint renditions_preset_check
    check (preset in ('thumb', 'tile', 'preview', 'screen'));
alter table renditions add constraint renditions_format_check
    check (format in ('avif', 'webp', 'jpeg'));
alter table renditions add constraint renditions_state_check
    check (state in ('ready', 'failed', 'larger'));
