-- closed: one row per round that is closed, with the position at which it was last closed. A
-- reopened round is open, and everything said in it hidden, until it is closed again.
CREATE VIEW closed AS
SELECT round, max(position) AS position
FROM fact
WHERE what IN ('RoundClosed', 'RoundReopened')
GROUP BY round
HAVING arg_max(what, position) = 'RoundClosed';
