import type { Model } from './model';
import type { News } from './wire';
import type { Words } from './words';

/** What a piece of news changes on the board, and what is said of it. */
export interface Change {
  stage: string;
  who: string;
  /** By the reader of this board. */
  isMine: boolean;
  /** Null: it is no longer in the timetable. */
  now: News['stage'];
  texts: string[];
  /** For the line at the top; null: nothing worth telling. */
  sentence: string | null;
}

export const nameOf = (news: News, me: string, words: Words): string =>
  news.byId === me ? words.you : (news.by ?? words.say('Le service', 'The service'));

/** Null when it is no news to this board: an answer to one's own move was faster, or the stage was never here. */
export function changeOf(news: News, me: string, model: Model, words: Words): Change | null {
  const old = model.stages.get(news.stageId);
  const isMine = news.byId === me;
  const who = nameOf(news, me, words);
  const change = { stage: news.stageId, who, isMine, now: news.stage };
  if (!news.stage) {
    if (!old) return null;
    const texts = [words.say('n’est plus au planning', 'is no longer in the timetable')];
    return { ...change, texts, sentence: isMine ? null : `${who} – ${words.title(old)} : ${texts[0]}` };
  }
  if (!model.isNews(news.stage)) return null;
  const texts = old ? words.differences(old, news.stage) : [words.say('nouveau stage', 'new stage')];
  return { ...change, texts, sentence: isMine ? null : `${who} – ${words.title(news.stage)} : ${texts.join(' ; ')}` };
}

/** Many at once, as an adoption makes them, are only counted. */
export function summary(sentences: string[], words: Words): string {
  const n = sentences.length;
  return n > 3 ? words.say(`${n} stages viennent de changer.`, `${n} stages have just changed.`) : sentences.join(' · ');
}
