// Changes single cells of a workbook, as somebody at a ministry would. Just enough of ZIP and of SpreadsheetML for the
// files that the site itself writes.

import assert from 'node:assert/strict';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, nameSize, extra, comment] = [10, 20, 28, 30, 32].map((offset) => (offset === 20 ? bytes.readUInt32LE(at + 20) : bytes.readUInt16LE(at + offset)));
    const name = bytes.toString('utf8', at + 46, at + 46 + nameSize);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    files.set(name, method === 0 ? packed : inflateRawSync(packed));
    at += 46 + nameSize + extra + comment;
  }
  return files;
}

function zip(files) {
  const parts = [];
  const index = [];
  let offset = 0;
  for (const [name, content] of files) {
    const [title, packed] = [Buffer.from(name), deflateRawSync(content)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(title.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    index.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, title);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, title, packed);
    offset += 30 + title.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(index.reduce((sum, part) => sum + part.length, 0), 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...index, end]);
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');


/**
 * Writes texts into cells: changes is [{ sheet, key, row, text }], where `key` is the column by the key in its third
 * row and `row` counts as Excel does. Returns the workbook and the names of the cells: [{ sheet, row, column }].
 */
export function changeCells(bytes, changes) {
  const files = unzip(bytes);
  const read = (name) => files.get(name).toString('utf8');
  const names = [...read('xl/workbook.xml').matchAll(/<sheet name="([^"]+)" sheetId="(\d+)"/g)];
  const shared = [...read('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map((entry) => entry[1].replace(/<[^>]+>/g, ''));
  const cells = changes.map(({ sheet, key, row, text }) => {
    const at = names.findIndex(([, name]) => name === sheet);
    assert.ok(at >= 0, `the workbook has a sheet ${sheet}`);
    const file = `xl/worksheets/sheet${at + 1}.xml`;
    const keys = /<row r="3".*?<\/row>/s.exec(read(file))[0];
    const column = [...keys.matchAll(/<c r="([A-Z]+)3"[^>]*t="s"[^>]*><v>(\d+)<\/v>/g)].find(([, , index]) => shared[index] === key)?.[1];
    assert.ok(column, `the sheet ${sheet} has a column ${key}`);
    const cell = `<c r="${column}${row}" t="inlineStr"><is><t>${escape(text)}</t></is></c>`;
    const pattern = new RegExp(`<c r="${column}${row}"(?:[^>]*/>|.*?</c>)`, 's');
    assert.match(read(file), pattern, `${sheet}!${column}${row} is there`);
    files.set(file, Buffer.from(read(file).replace(pattern, cell)));
    return { sheet, row, column };
  });
  return { bytes: zip(files), cells };
}

