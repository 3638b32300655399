"""Commands to the process: JSON in, one JSON answer each (live-simulator/README.md, "Control")."""
import os
import time

from .edits import registry
from .edits.pick import CannotPick

COMMANDS = {}
LATER = object()


class ControlError(Exception):
    """A command that cannot be carried out; its text is the answer."""


def command(function):
    """Registers function(process, message, answer); LATER as result means that it answers by itself."""
    COMMANDS[function.__name__.rstrip('_')] = function
    return function


def handle(process, message, send):
    """Carries out one message; `send` gets the answer."""
    at = time.time()

    def answer(result=None, error=None):
        when = max(at, process.live.world.last_edit_at) if message.get('do') == 'edit' else at
        reply = {'id': message.get('id'), 'ok': error is None, 'at': when * 1000.0}
        reply['error' if error else 'result'] = error or result
        send(reply)

    function = COMMANDS.get(message.get('do'))
    if function is None:
        return answer(error='no such command: %s' % message.get('do'))
    try:
        result = function(process, message, answer)
    except (ControlError, registry.EditError, CannotPick) as error:
        return answer(error='%s: %s' % (type(error).__name__, error))
    except Exception as error:  # a command must never end the process
        process.live.log.exception('in the command %s' % message.get('do'))
        return answer(error='%s: %s' % (type(error).__name__, error))
    if result is not LATER:
        answer(result)


@command
def edit(process, message, answer):
    return registry.run(process.live.world, message['name'], message.get('args') or {})


@command
def edits(process, message, answer):
    """Names of all edits, with their first line of documentation."""
    return {name: (f.__doc__ or '').strip().split('\n')[0] for name, f in sorted(registry.EDITS.items())}


@command
def truth(process, message, answer):
    return process.live.described()


@command
def quiet(process, message, answer):
    """Answers when nothing is on its way any more; {"truth": true} asks for the truth of the same moment."""
    process.wait_quiet(message, answer)
    return LATER


@command
def counters(process, message, answer):
    return process.counters()


@command
def faults(process, message, answer):
    """{"set": {"reuse": 0.5, …}} or {"set": "none,reuse"}; answers what is in force."""
    wanted = message.get('set', message.get('faults', {}))
    if isinstance(wanted, str):
        process.live.world.faults.parse(wanted)
    else:
        for name, value in wanted.items():
            process.live.world.faults.set(name, value)
    return process.live.world.faults.as_dict()


@command
def cost(process, message, answer):
    """{"begin": true}: from now on what the script takes of Live's thread is measured; else how much it was."""
    if message.get('begin'):
        return process.live.cost.begin()
    return process.live.cost.end()


@command
def seed(process, message, answer):
    process.live.world.reseed(int(message['seed']))
    return None


@command
def stall(process, message, answer):
    process.live.scheduler.stall(float(message.get('seconds', 1.0)))
    return None


@command
def tick(process, message, answer):
    """Ticks at once, without waiting for their time."""
    for _ in range(int(message.get('n', 1))):
        process.live.scheduler.tick_now()
    return None


@command
def musician(process, message, answer):
    """{"steps": n, "temperament": …}: so many edits at once; {"rate": r}: from now on, so many a second."""
    if 'temperament' in message:
        process.set_temperament(message['temperament'])
    if 'rate' in message:
        process.set_rate(float(message['rate']))
    return process.play_steps(int(message.get('steps', 0)))


@command
def wait(process, message, answer):
    """Answers after so many simulated seconds."""
    live = process.live
    live.scheduler.at(live.clock.now() + float(message.get('seconds', 0.1)), answer)
    return LATER


@command
def status(process, message, answer):
    world = process.live.world
    return {'profile': world.surface.profile, 'path': world.file_path, 'now': process.live.clock.now(),
            'messages': process.live.host.messages[-20:], 'instances': len(process.live.host.instances),
            'report': process.live.host.ask('self_report'), 'log': process.live.log.errors[-20:]}


@command
def open_(process, message, answer):
    """{"path": FILE} or {"description": {…}}; "how": "rebuild" or "survive" (else by the switch)."""
    process.open(message, answer)
    return LATER


@command
def save(process, message, answer):
    return process.save(message)


@command
def quit_(process, message, answer):
    """Quits without saving: disconnect, then the end."""
    answer()
    process.quit()
    return LATER


@command
def crash(process, message, answer):
    """The process ends at once, without disconnect."""
    answer()
    os._exit(70)


@command
def disconnect(process, message, answer):
    """The user takes the control surface out of the preferences; what is left of the script is counted."""
    process.live.host.disconnect_all()
    return {'listeners': process.live.world.counters.listeners, 'timers': process.live.scheduler.timers}


@command
def connect(process, message, answer):
    """The user chooses the control surface again."""
    process.live.host.create()
    return None


@command
def state(process, message, answer):
    """What is no part of the Set: playing, launched, selected."""
    world = process.live.world
    view = world.song.kids['view'].v
    return {'playing': world.transport.playing, 'beat': world.transport.position(),
            'recording': bool(world.song.v.get('record_mode')),
            'view': world.application.kids['view'].v.get('focused_document_view', 'Session'),
            'selected': {name: view.get('selected_' + name) for name in ('track', 'scene')},
            'tracks': {str(t.uid): {'playing': t.v.get('_playing', -1), 'fired': t.v.get('_fired', -1)}
                       for t in world.song.kids['tracks']}}
