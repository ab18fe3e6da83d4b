-- own_round: one row per round in which the panel itself was asked. Rounds for peers of another
-- area are not here: their answers are in `peers`, and are never counted among the panel's.
CREATE VIEW own_round AS
SELECT round FROM fact WHERE what = 'RoundOpened' AND kind <> 'peer-review';
