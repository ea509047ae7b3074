namespace Stages.SystemTests.Classroom.Listening;

/// <summary>How a device answers when a page asks for it.</summary>
internal static class Pretended
{
    public const string On = "on",
        Off = "off",
        Refused = "refused",
        Late = "asked late",
        None = "none",
        Busy = "busy";

    /// <summary>What browsers answer, word for word; one that is asked late waits until the test says so.</summary>
    public static string Devices(string microphone, string camera) =>
        $$"""
            (() => {
              window.sockets = [];
              window.WebSocket = class extends WebSocket { constructor(...a) { super(...a); window.sockets.push(this); } };
              const devices = navigator.mediaDevices;
              if (!devices) return;
              const ask = devices.getUserMedia.bind(devices);
              const answered = new Promise((answer) => { window.answer = () => answer(); });
              const errors = { refused: 'NotAllowedError', none: 'NotFoundError', busy: 'NotReadableError' };
              devices.getUserMedia = async (wish) => {
                const state = wish.audio ? '{{microphone}}' : '{{camera}}';
                if (state === 'asked late') await answered;
                if (errors[state]) throw new DOMException('no', errors[state]);
                return ask(wish);
              };
            })();
            """;
}
