-- closed: one row per round that is closed: the position at which it was closed last. One that was
-- reopened is open until it is closed again, and all that is said in it hidden until then.
CREATE VIEW closed AS
SELECT round, max(position) AS position
FROM fact
WHERE what IN ('RoundClosed', 'RoundReopened')
GROUP BY round
HAVING arg_max(what, position) = 'RoundClosed';
