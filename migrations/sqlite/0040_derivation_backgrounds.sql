-- Copies are made again when their original is replaced, and then on the same color as before.

-- The color that transparency was laid on, as `#rrggbb`; absent where nothing was transparent, or stayed so.
alter table derivations add column background text;
