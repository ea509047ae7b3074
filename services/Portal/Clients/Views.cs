namespace Stages.Portal.Clients;

/// <summary>What pages ask of the services' answers: said here, so that it goes over no wire.</summary>
public static class Views
{
    extension(CampaignView campaign)
    {
        /// <summary>The last day of its last week, or the last day on which one could enrol: from then on retention counts.</summary>
        public DateOnly EndsOn => campaign.Weeks.Select(w => w.Monday.AddDays(6)).Append(HomeZone.DayOf(campaign.EnrolmentCloses)).Max();

        /// <summary>Its last week lies behind: nobody is enrolled in it any more, whatever its closing date says.</summary>
        public bool IsOver(DateTimeOffset now) => campaign.Weeks.Max(w => w.Monday).AddDays(7) <= HomeZone.DayOf(now);

        public bool IsOpen(DateTimeOffset now) => campaign.EnrolmentOpens <= now && now < campaign.EnrolmentCloses && !campaign.IsOver(now);

        public SubjectView? Subject(string code) => campaign.Subjects.FirstOrDefault(s => s.Code == code);
    }

    extension(SubjectView subject)
    {
        public string Title => Say.In(subject.Name, subject.NameEn);
    }

    extension(OfferView offer)
    {
        public string ETag => Tag(offer.Version);

        /// <summary>As a PUT takes it, unchanged. Only of an offer whose teacher is known.</summary>
        public OfferForm AsForm() =>
            new()
            {
                Teacher = new(
                    offer.Teacher!.Name,
                    offer.Teacher.Email,
                    offer.Teacher.Phone,
                    offer.Teacher.SchoolUai,
                    offer.Teacher.Language,
                    offer.Teacher.FirstName,
                    offer.Teacher.LastName
                ),
                Teaches = [.. offer.Teaches.Select(t => new TeachingForm(t.Subject, t.Levels))],
                Slots = offer.Slots.ToDictionary(
                    week => week.Key,
                    week => (IReadOnlyList<SlotForm>)[.. week.Value.Select(s => new SlotForm(s.Slot, s.Preference))],
                    StringComparer.Ordinal
                ),
                Limits = new(offer.Limits.StagesPerWeek, offer.Limits.GroupMax),
            };
    }

    extension(StageView stage)
    {
        public string ETag => Tag(stage.Version);
    }

    extension(RunView run)
    {
        public bool Open => run.Status is RunStatus.Queued or RunStatus.Running;
    }

    extension(EnrolmentView enrolment)
    {
        public string ETag => Tag(enrolment.Version);

        public bool Stands => enrolment.Status == "submitted";
    }

    extension(PlacementView place)
    {
        public bool Holds => place.Status is "offered" or "confirmed";

        /// <summary>Minutes at which the pupil was there; null while nothing is known of a module.</summary>
        public int? Minutes(Guid module) => place.Presences?.FirstOrDefault(p => p.ModuleId == module)?.Minutes;
    }

    extension(ModuleAttendance attendance)
    {
        /// <summary>Somebody was there, or the teacher says so: a session that nobody held is in no certificate.</summary>
        public bool WasHeld =>
            attendance.Status == "over" && (attendance.TeacherMinutesPresent > 0 || attendance.Pupils.Any(p => p.MinutesPresent > 0));
    }

    private static string Tag(long version) => $"\"{version}\"";
}
