import { intervalText } from './chromeTrace.js';
import { type Lane, Lanes, LaneState } from './lanes.js';
import { ProtobufWriter } from './protobufWriter.js';
import { laneName, lengthMs } from './statistics.js';
import { siteText } from './texts.js';
import type { Recording } from './threadRecording.js';

/** Numbers of fields in Perfetto's published schema (`protos/perfetto/trace`). */
const TRACE_PACKET = 1;
const PACKET = { timestamp: 8, sequence: 10, event: 11, sequenceFlags: 13, timestampClock: 58, track: 60 };
const TRACK = { uuid: 1, name: 2, process: 3, thread: 4, parent: 5 };
const PROCESS = { pid: 1, name: 6 };
const THREAD = { pid: 1, tid: 2, name: 5 };
const EVENT = { type: 9, track: 11, categories: 22, name: 23, annotations: 4, flows: 47 };
const ANNOTATION = { name: 10, text: 6 };
const SLICE_BEGIN = 1;
const SLICE_END = 2;
const INSTANT = 3;
const SEQUENCE = 1;
/** `SEQ_INCREMENTAL_STATE_CLEARED`, said with the first packet. */
const CLEARED = 1;
/** `BUILTIN_CLOCK_BOOTTIME`. */
const CLOCK = 6;

/** A protobuf trace for Perfetto: a track for each task, and flows from the task that awaits to the one it awaits. */
export function perfettoTrace(recordings: readonly Recording[]): Uint8Array {
  const trace = new PerfettoWriter();
  let uuid = 1;
  for (const recording of recordings) {
    const { thread, log, types, offsetMs, blocks } = recording;
    const lanes = new Lanes();
    lanes.update(log, types);
    const threadTrack = uuid++;
    trace.thread(threadTrack, thread.pid || 1, thread.threadId, thread.name);
    const flowBase = uuid * 2 ** 32;
    const trackOf = new Map<Lane, number>();
    for (const lane of lanes.lanes) {
      const track = uuid++;
      trackOf.set(lane, track);
      trace.track(track, threadTrack, `${laneName(lane, lanes, recording)} #${lane.id}`);
    }
    const items: { atMs: number; put: () => void }[] = [];
    for (const [lane, track] of trackOf) {
      for (const index of lane.intervals) {
        const startMs = (lanes.intervals.startMs[index] as number) + offsetMs;
        const endMs = startMs + lengthMs(lanes, index);
        const state = lanes.intervals.state[index] as LaneState;
        const place = siteText(recording.places[lanes.intervals.place[index] as number]);
        const awaited = lanes.get(lanes.intervals.awaited[index] as number);
        const flows: number[] = [];
        if (state === LaneState.Awaiting && awaited !== undefined && !lane.isOperation)
          flows.push(flowBase + awaited.id);
        if (state === LaneState.Running && lane.awaiter !== 0) flows.push(flowBase + lane.id);
        const name = intervalText(lanes, lane, index);
        items.push({ atMs: startMs, put: () => trace.begin(track, startMs, name, place, flows) });
        items.push({ atMs: endMs, put: () => trace.end(track, endMs) });
      }
      const { endMs } = lane;
      if (endMs !== undefined) {
        const outcome = recording.outcomes.get(lane.id) ?? 'settled';
        items.push({ atMs: endMs + offsetMs, put: () => trace.instant(track, endMs + offsetMs, outcome) });
      }
    }
    for (const { startedMs, durationMs, cause, site } of blocks) {
      const startMs = startedMs + offsetMs;
      items.push({
        atMs: startMs,
        put: () => trace.begin(threadTrack, startMs, `blocked: ${cause}`, siteText(site), []),
      });
      items.push({ atMs: startMs + durationMs, put: () => trace.end(threadTrack, startMs + durationMs) });
    }
    // the sort is stable: where two meet, the one that was put first ends before the next begins
    for (const { put } of items.sort((a, b) => a.atMs - b.atMs)) put();
  }
  return trace.take();
}

class PerfettoWriter {
  private readonly trace = new ProtobufWriter();
  private isFirst = true;

  thread(uuid: number, pid: number, tid: number, name: string): void {
    const descriptor = new ProtobufWriter().varint(TRACK.uuid, uuid).text(TRACK.name, name);
    if (tid === 0)
      descriptor.message(
        TRACK.process,
        new ProtobufWriter().varint(PROCESS.pid, pid).text(PROCESS.name, name),
      );
    else
      descriptor.message(
        TRACK.thread,
        new ProtobufWriter()
          .varint(THREAD.pid, pid)
          .varint(THREAD.tid, pid + tid)
          .text(THREAD.name, name),
      );
    this.packet((packet) => packet.message(PACKET.track, descriptor));
  }

  track(uuid: number, parent: number, name: string): void {
    const descriptor = new ProtobufWriter()
      .varint(TRACK.uuid, uuid)
      .varint(TRACK.parent, parent)
      .text(TRACK.name, name);
    this.packet((packet) => packet.message(PACKET.track, descriptor));
  }

  begin(track: number, atMs: number, name: string, place: string, flows: readonly number[]): void {
    const event = new ProtobufWriter()
      .varint(EVENT.type, SLICE_BEGIN)
      .varint(EVENT.track, track)
      .text(EVENT.categories, 'async')
      .text(EVENT.name, name);
    if (place !== '')
      event.message(
        EVENT.annotations,
        new ProtobufWriter().text(ANNOTATION.name, 'place').text(ANNOTATION.text, place),
      );
    for (const flow of flows) event.fixed64(EVENT.flows, flow);
    this.event(atMs, event);
  }

  end(track: number, atMs: number): void {
    this.event(atMs, new ProtobufWriter().varint(EVENT.type, SLICE_END).varint(EVENT.track, track));
  }

  instant(track: number, atMs: number, name: string): void {
    this.event(
      atMs,
      new ProtobufWriter().varint(EVENT.type, INSTANT).varint(EVENT.track, track).text(EVENT.name, name),
    );
  }

  take(): Uint8Array {
    return this.trace.take();
  }

  private event(atMs: number, event: ProtobufWriter): void {
    this.packet((packet) =>
      packet
        .varint(PACKET.timestamp, BigInt(Math.max(0, Math.round(atMs * 1e6))))
        .varint(PACKET.timestampClock, CLOCK)
        .message(PACKET.event, event),
    );
  }

  private packet(fill: (packet: ProtobufWriter) => void): void {
    const packet = new ProtobufWriter().varint(PACKET.sequence, SEQUENCE);
    if (this.isFirst) packet.varint(PACKET.sequenceFlags, CLEARED);
    this.isFirst = false;
    fill(packet);
    this.trace.message(TRACE_PACKET, packet);
  }
}
