import { expect, it } from 'vitest';
import { places } from './places';

const info = { stageId: 's', isRehearsal: false, campaignId: 'c', enrolmentId: 'e' };
const of = (role: 'teacher' | 'pupil' | 'coordinator') => Object.fromEntries(places(role, info).map(([href, key]) => [key, href]));

it('leads everybody to what comes after the class, and to where one says that something was wrong', () => {
  expect(of('teacher')).toMatchObject({
    goReport: '/enseignant/stages/s',
    goCertificate: '/enseignant/attestation?campagne=c',
    goWrong: '/enseignant/stages/s#signaler',
  });
  expect(of('pupil')).toMatchObject({ goAttestation: '/famille/inscriptions/e/attestation', goWrong: '/famille/inscriptions/e#signaler' });
  expect(of('coordinator')).toEqual({ goLive: '/coordination/c/direct', goStage: '/coordination/c/stages/s' });
  expect(places(null, info)).toEqual([]);
  expect(places('teacher', { ...info, isRehearsal: true })).toEqual([['/enseignant/stages', 'goStages']]);
});
