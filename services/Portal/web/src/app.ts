// Enhancements only: every form works without this script.
import { switchMornings } from './app/bulk';
import { countDown } from './app/doors';
import { forgetAtSignOut, keepDrafts } from './app/drafts';
import { focusOnRefusals, offerPrinting, sendOnce, tickAll } from './app/forms';
import { readAnew, workOffline } from './app/fresh';
import { paintAvailability } from './app/paint';
import { usePasskeys } from './app/passkeys';
import { tryOperations } from './app/reading';
import { followRuns } from './app/runs';
import { suggestSchools } from './app/schools';
import { countSessions, wishesOfTheLevel } from './app/sessions';
import { hintTypos } from './app/typos';

document.documentElement.classList.add('js');
switchMornings();
suggestSchools();
forgetAtSignOut();
// What was typed before is back before anything looks at the fields.
keepDrafts().finally(() => {
  offerPrinting();
  focusOnRefusals();
  sendOnce();
  paintAvailability();
  countSessions();
  wishesOfTheLevel();
  followRuns();
  usePasskeys();
  tryOperations();
  tickAll();
  hintTypos();
  countDown();
  readAnew();
  workOffline();
});
