namespace Stages.Api.Notification;

/// <param name="Url">Personal: whoever has it reads the calendar.</param>
public sealed record CalendarAddress(string Url);
