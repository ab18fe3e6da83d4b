-- actions: one row per action agreed about a descriptor: its words, owner and due day as last
-- changed, when it was agreed, and how, when and why it ended; these are null until it ends.
CREATE VIEW actions AS
WITH
agreed AS (
  SELECT item, action, position, said_at FROM fact WHERE what = 'ActionAgreed'
),
newest AS (
  SELECT item, action, words, owner, due
  FROM fact WHERE what IN ('ActionAgreed', 'ActionAmended')
  QUALIFY row_number() OVER (PARTITION BY item, action ORDER BY position DESC) = 1
),
ended AS (
  SELECT item, action, how, because, said_at AS ended_at FROM fact WHERE what = 'ActionEnded'
)
SELECT
  newest.item,
  newest.action,
  newest.words,
  newest.owner,
  newest.due,
  agreed.position,
  agreed.said_at AS agreed_at,
  ended.how,
  ended.because,
  ended.ended_at
FROM newest
JOIN agreed USING (item, action)
LEFT JOIN ended USING (item, action);
