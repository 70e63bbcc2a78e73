// Files that somebody gave the browser, as the disk that a journal is read from: pieces are read
// where they lie, so that a journal larger than memory can be verified.
import type { Disk, DiskFile } from "../../../../journal/files/disk.ts";

/** @param files by name, as they are in the folder of a journal */
export function filesDisk(place: string, files: ReadonlyMap<string, Blob>): Disk {
  return {
    place,
    durable: true,
    list: async () => [...files.keys()].sort(),
    openForReading: async (name) => {
      const blob = files.get(name);
      if (blob === undefined) throw Object.assign(new Error(`no file ${name}`), { code: "ENOENT" });
      return readable(name, blob);
    },
    open: refuse,
    create: refuse,
    createExclusive: refuse,
    rename: refuse,
    remove: refuse,
    syncDirectory: refuse,
  };
}

function readable(name: string, blob: Blob): DiskFile {
  return {
    name,
    size: async () => blob.size,
    read: async (into, offset) => {
      const piece = await blob.slice(offset, offset + into.length).arrayBuffer();
      into.set(new Uint8Array(piece));
      return piece.byteLength;
    },
    close: async () => {},
    write: refuse,
    allocate: refuse,
    sync: refuse,
  };
}

function refuse(): Promise<never> {
  return Promise.reject(new Error("files in a browser are only read"));
}
