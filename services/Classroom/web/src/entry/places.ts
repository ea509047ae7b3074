// Where somebody goes after a class, by what they were in it.
import type { Info, Role } from '../contract';
import type { Key } from '../words/say';

/** The last one is where somebody says that something was wrong. */
export function places(
  role: Role | null,
  info: Pick<Info, 'stageId' | 'isRehearsal' | 'campaignId' | 'enrolmentId'>,
): [href: string, key: Key][] {
  const { stageId, campaignId, enrolmentId } = info;
  if (info.isRehearsal) return [['/enseignant/stages', 'goStages']];
  if (role === 'teacher')
    return [
      [`/enseignant/stages/${stageId}`, 'goReport'],
      ['/enseignant/stages', 'goStages'],
      [`/enseignant/attestation?campagne=${campaignId}`, 'goCertificate'],
      [`/enseignant/stages/${stageId}#signaler`, 'goWrong'],
    ];
  if (role === 'pupil')
    return [
      ['/famille/calendrier', 'goTimetable'],
      ['/famille', 'goFamily'],
      [`/famille/inscriptions/${enrolmentId}/attestation`, 'goAttestation'],
      [`/famille/inscriptions/${enrolmentId}#signaler`, 'goWrong'],
    ];
  if (role === 'coordinator')
    return [
      [`/coordination/${campaignId}/direct`, 'goLive'],
      [`/coordination/${campaignId}/stages/${stageId}`, 'goStage'],
    ];
  return [];
}
