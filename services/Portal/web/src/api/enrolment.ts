// Made from enrolment.json by `npm run api`: not to be changed by hand.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        PupilLine: {
            firstName: string;
            /** Format: uuid */
            id: string;
            lastName: string;
            level: string;
            schoolUai: string;
            wishes: string[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type PupilLine = components['schemas']['PupilLine'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
