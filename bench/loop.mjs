/** How long the event loop of this process is held: for the benchmarks of the hub. */
import { existsSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** A turn of the loop is measured by the CPU time of this thread between two looks, and by its delay. */
export function probeLoop() {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let last = threadCpuMs();
  const turns = [];
  let running = true;
  const look = () => {
    const cpu = threadCpuMs();
    turns.push(cpu - last);
    last = cpu;
    if (running) setTimeout(look, 1);
  };
  setTimeout(look, 1);
  return {
    stop() {
      running = false;
      delay.disable();
      return { maxDelayMs: delay.max / 1e6 - 1, maxTurnCpuMs: Math.max(...turns), turns: turns.length };
    },
  };
}

/** CPU time of the main thread alone: `process.cpuUsage` counts the readers' threads too. */
function threadCpuMs() {
  if (existsSync('/proc/thread-self/schedstat'))
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
