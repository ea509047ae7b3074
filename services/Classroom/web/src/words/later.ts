// The sentences of the parts that come later.
import { acts } from './acts';
import { board } from './board';
import { childLater } from './childLater';
import { documents } from './documents';
import { exchanges } from './exchanges';
import { inGroups } from './groups';
import { learn, learnForChildren } from './say';
import { views } from './views';

export const later = { ...acts, ...board, ...documents, ...exchanges, ...inGroups, ...views };

learn(later);
learnForChildren(childLater);
