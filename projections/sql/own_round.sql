-- own_round: one row per round in which the panel itself was asked. What peers of another area say in
-- a round of theirs stands beside the panel's figures, in `peers`, and is never counted among them.
CREATE VIEW own_round AS
SELECT round FROM fact WHERE what = 'RoundOpened' AND kind <> 'peer-review';
