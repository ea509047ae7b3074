// Made from scheduling.json by `npm run api`: not to be changed by hand.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptanceView: {
            /** Format: date-time */
            at: string;
            by: null | string;
            /** Format: date */
            checkedOn: null | string;
            identitySeen: boolean;
            reason: null | string;
            school: null | string;
            through: null | string;
        };
        ConflictView: {
            code: string;
            /** Format: uuid */
            enrolmentId: null | string;
            slot: null | string;
            /** Format: uuid */
            stageId: null | string;
            text: string;
        };
        Limits: {
            /** Format: int32 */
            groupMax: null | number;
            /** Format: int32 */
            stagesPerWeek: number;
        };
        ModuleForm: {
            /** Format: date */
            date?: null | string;
            /** Format: uuid */
            id?: null | string;
            /** Format: time */
            start?: string;
        };
        ModuleView: {
            /** Format: date */
            date: string;
            /** Format: time */
            end: string;
            /** Format: date-time */
            endsAt: string;
            /** Format: uuid */
            id: string;
            slot: string;
            /** Format: time */
            start: string;
            /** Format: date-time */
            startsAt: string;
        };
        MovePreview: {
            conflicts: components["schemas"]["ConflictView"][];
            possible: boolean;
        };
        MoveStage: {
            level?: null | string;
            levels?: null | string[];
            modules?: null | components["schemas"]["ModuleForm"][];
            pupils?: null | components["schemas"]["PupilForm"][];
            subject?: null | string;
            /** Format: uuid */
            teacherOfferId?: null | string;
            week?: null | string;
        };
        OfferedSlot: {
            preference: string;
            slot: string;
        };
        OfferView: {
            /** @default waiting */
            acceptance: string;
            accepted?: null | components["schemas"]["AcceptanceView"];
            /** Format: uuid */
            campaignId: string;
            /** Format: uuid */
            id: string;
            limits: components["schemas"]["Limits"];
            offeredAt?: unknown;
            slots: {
                [key: string]: components["schemas"]["OfferedSlot"][];
            };
            status: string;
            teacher: null | components["schemas"]["TeacherView"];
            teaches: components["schemas"]["Teaching"][];
            /** Format: int64 */
            version: number;
            warnings?: null | components["schemas"]["OfferWarning"][];
        };
        OfferWarning: {
            code: string;
            field: string;
            text: string;
        };
        PlaceView: {
            /** Format: int32 */
            freePlaces: number;
            levels: string[];
            preferredWeek: boolean;
            slots: string[];
            /** Format: uuid */
            stageId: null | string;
            teacherName: null | string;
            /** Format: uuid */
            teacherOfferId: string;
            text: string;
            week: string;
            with: string[];
        };
        PupilForm: {
            /** Format: uuid */
            enrolmentId?: null | string;
            /** Format: uuid */
            from?: null | string;
            wish?: null | string;
        };
        PupilTarget: {
            conflicts: components["schemas"]["ConflictView"][];
            /** Format: uuid */
            stageId: string;
        };
        PupilTargets: {
            out: null | components["schemas"]["ConflictView"][];
            stages: components["schemas"]["PupilTarget"][];
        };
        PupilView: {
            /** Format: date-time */
            answerBefore: string;
            /** Format: uuid */
            enrolmentId: string;
            level: string;
            schoolUai: string;
            status: string;
            wish: string;
        };
        RefusedStage: {
            conflicts: components["schemas"]["ConflictView"][];
            /** Format: uuid */
            stageId: string;
        };
        SlotTarget: {
            conflicts: components["schemas"]["ConflictView"][];
            /** Format: date */
            date: string;
            /** Format: time */
            start: string;
        };
        StageNews: {
            by: null | string;
            /** Format: uuid */
            byId: null | string;
            stage: null | components["schemas"]["StageView"];
            /** Format: uuid */
            stageId: string;
            what: string;
        };
        StageTargets: {
            slots: components["schemas"]["SlotTarget"][];
            weeks: components["schemas"]["WeekTarget"][];
        };
        StageView: {
            alsoChanged?: null | components["schemas"]["StageView"][];
            /** Format: uuid */
            campaignId: string;
            /** Format: int32 */
            freePlaces: number;
            /** Format: uuid */
            id: string;
            level: string;
            levels: string[];
            modules: components["schemas"]["ModuleView"][];
            needsTeacher: boolean;
            pinned: boolean;
            pupils: components["schemas"]["PupilView"][];
            reason: null | string;
            status: string;
            subject: string;
            teacherName: null | string;
            /** Format: uuid */
            teacherOfferId: string;
            /** Format: int64 */
            version: number;
            week: string;
        };
        TeacherView: {
            email: string;
            firstName?: null | string;
            language: string;
            lastName?: null | string;
            name: string;
            phone: null | string;
            schoolUai: null | string;
        };
        Teaching: {
            levels: string[];
            subject: string;
        };
        UnplacedWishView: {
            /** Format: uuid */
            enrolmentId: string;
            level: string;
            /** Format: int32 */
            position: number;
            /** Format: int32 */
            priority: number;
            reason: string;
            schoolUai: string;
            subject: string;
            text: string;
            wouldBePlacedIf: string[];
        };
        WeekTarget: {
            conflicts: components["schemas"]["ConflictView"][];
            week: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AcceptanceView = components['schemas']['AcceptanceView'];
export type ConflictView = components['schemas']['ConflictView'];
export type Limits = components['schemas']['Limits'];
export type ModuleForm = components['schemas']['ModuleForm'];
export type ModuleView = components['schemas']['ModuleView'];
export type MovePreview = components['schemas']['MovePreview'];
export type MoveStage = components['schemas']['MoveStage'];
export type OfferedSlot = components['schemas']['OfferedSlot'];
export type OfferView = components['schemas']['OfferView'];
export type OfferWarning = components['schemas']['OfferWarning'];
export type PlaceView = components['schemas']['PlaceView'];
export type PupilForm = components['schemas']['PupilForm'];
export type PupilTarget = components['schemas']['PupilTarget'];
export type PupilTargets = components['schemas']['PupilTargets'];
export type PupilView = components['schemas']['PupilView'];
export type RefusedStage = components['schemas']['RefusedStage'];
export type SlotTarget = components['schemas']['SlotTarget'];
export type StageNews = components['schemas']['StageNews'];
export type StageTargets = components['schemas']['StageTargets'];
export type StageView = components['schemas']['StageView'];
export type TeacherView = components['schemas']['TeacherView'];
export type Teaching = components['schemas']['Teaching'];
export type UnplacedWishView = components['schemas']['UnplacedWishView'];
export type WeekTarget = components['schemas']['WeekTarget'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
