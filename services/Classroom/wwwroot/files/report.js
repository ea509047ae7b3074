// Telling the coordinators of somebody: a short form behind a button of the bar. Nobody in the class sees that it was sent.
import { say } from './words.js';

const $ = (id) => document.getElementById(id);

/** The form, with those who are here to choose from; what is sent, and what is said of it, are the class's business. */
export class Report {
  constructor(people, send) {
    this.people = people;
    this.send = send;
    $('report').onclick = () => this.open();
    $('reportSend').onclick = (event) => {
      event.preventDefault();
      this.close();
    };
  }

  open() {
    const nobody = new Option(say('reportNobody'), '');
    $('reportWhom').replaceChildren(nobody, ...this.people().map((p) => new Option(p.name, p.id)));
    $('reportText').value = '';
    $('reportFault').textContent = '';
    $('reportDialog').showModal();
  }

  async close() {
    const text = $('reportText').value.trim();
    if (!text) {
      $('reportFault').textContent = say('reportEmpty');
      $('reportText').focus();
      return;
    }
    const reply = await this.send($('reportWhom').value || null, text);
    if (reply?.ok) $('reportDialog').close();
    else $('reportFault').textContent = say(reply?.code === 'too-many-reports' ? 'reportTooMany' : 'reportFailed');
  }
}
