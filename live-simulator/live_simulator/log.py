"""Live's Log.txt: every line goes to a stream, errors are counted."""
import sys
import traceback


class Log(object):
    """Lines as Live writes them, tagged; `stream` may be None for silence."""

    def __init__(self, stream=sys.stderr):
        self.stream = stream
        self.errors = []
        self.counters = None

    def _line(self, tag, text):
        if self.counters is not None:
            self.counters.log_lines += 1
        if self.stream is not None:
            self.stream.write('%s: %s\n' % (tag, text))
            self.stream.flush()

    def info(self, text):
        self._line('info', text)

    def script(self, text):
        """A line the script logs; Live counts nothing, we do: a line that says "error" is one."""
        if 'error' in text.lower() or 'Traceback' in text:
            self._error(text)
        self._line('RemoteScriptMessage', text)

    def _error(self, text):
        self.errors.append(text)
        del self.errors[:-200]
        if self.counters is not None:
            self.counters.log_errors += 1

    def exception(self, where):
        """The exception being handled, as Live logs it."""
        text = traceback.format_exc()
        self._error('%s\n%s' % (where, text))
        for line in [where] + text.rstrip().split('\n'):
            self._line('RemoteScriptError', line)
