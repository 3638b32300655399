/**
 * Compiles the scanner's quick loops (packages/live-set/src/xml/quick-loop.ts) to WebAssembly and writes it, as text, to
 * quick-loop-wasm.ts beside it. Run after every change of the loop or of its memory, on built code:
 *
 *     npx tsc -b packages/live-set && node scripts/compile-quick-loop.mjs && npx tsc -b packages/live-set
 *
 * With --check it writes nothing, and ends with status 1 when that file is not what would be written.
 *
 * It knows what those functions need, and refuses the rest: 32-bit whole numbers, the arrays and numbers of
 * quick-memory.ts, `if`, `while`, `for (;;)`, labels. Two reads of eight bytes (`getFloat64`) can be compared.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const LIVE_SET = resolve(import.meta.dirname, '../packages/live-set');
const SOURCE = join(LIVE_SET, 'src/xml/quick-loop.ts');
const TARGET = join(LIVE_SET, 'src/xml/quick-loop-wasm.ts');
const memory = await import(join(LIVE_SET, 'dist/xml/quick-memory.js'));
const { SyntaxKind: Kind } = ts;

const OP = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  get: 0x20,
  set: 0x21,
  i32Load: 0x28,
  i64Load: 0x29,
  i32Load8U: 0x2d,
  i32Load16U: 0x2f,
  i32Store: 0x36,
  i32Store8: 0x3a,
  i32Store16: 0x3b,
  i32Const: 0x41,
  i64Const: 0x42,
  eqz: 0x45,
  i64Eq: 0x51,
  clz: 0x67,
};
const VOID = 0x40;
const I32 = 0x7f;
const BINARY = {
  '===': 0x46,
  '!==': 0x47,
  '<': 0x48,
  '>': 0x4a,
  '<=': 0x4c,
  '>=': 0x4e,
  '+': 0x6a,
  '-': 0x6b,
  '*': 0x6c,
  '&': 0x71,
  '|': 0x72,
  '^': 0x73,
  '<<': 0x74,
  '>>': 0x75,
  '>>>': 0x76,
};
/** Bytes of an array's item → how to read and write it, and by how much to shift the index. */
const ACCESS = {
  1: { load: OP.i32Load8U, store: OP.i32Store8, shift: 0 },
  2: { load: OP.i32Load16U, store: OP.i32Store16, shift: 1 },
  4: { load: OP.i32Load, store: OP.i32Store, shift: 2 },
};

function unsigned(number) {
  const bytes = [];
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

function signed(number) {
  const bytes = [];
  for (let rest = BigInt(number); ; rest >>= 7n) {
    const byte = Number(rest & 127n);
    const isLast = rest >> 6n === 0n || rest >> 6n === -1n;
    bytes.push(isLast ? byte : byte | 128);
    if (isLast) return bytes;
  }
}

const vector = (items) => [...unsigned(items.length), ...items.flat()];
const section = (id, content) => [id, ...unsigned(content.length), ...content];
const text = (word) => vector([...Buffer.from(word)]);

/** Compiles one function; the bytes of its body come from {@link Compiler.body}. */
class Compiler {
  #source;
  #locals = 0;
  /** Names by block, innermost last. */
  #scopes = [new Map()];
  /** What stands around the present place: the end of a loop, its beginning, or just a block. */
  #around = [];

  constructor(source) {
    this.#source = source;
  }

  body(declaration) {
    for (const { name } of declaration.parameters) this.#declare(name.text);
    const parameters = this.#locals;
    const code = this.#statement(declaration.body);
    const locals = vector([[...unsigned(this.#locals - parameters), I32]]);
    return { parameters, body: vector([...locals, ...code, OP.end]) };
  }

  #refuse(node) {
    const { line } = this.#source.getLineAndCharacterOfPosition(node.getStart(this.#source));
    throw new Error(
      `line ${line + 1}: the little compiler does not know ${Kind[node.kind]}: ${node.getText()}`,
    );
  }

  #declare(name) {
    this.#scopes.at(-1).set(name, this.#locals);
    return this.#locals++;
  }

  #local(node) {
    const scope = this.#scopes.findLast((names) => names.has(node.text));
    return scope?.get(node.text);
  }

  #statement(node, label) {
    switch (node.kind) {
      case Kind.Block:
        return this.#block(node);
      case Kind.VariableStatement:
        return node.declarationList.declarations.flatMap(({ name, initializer }) => {
          const value = this.#value(initializer);
          return [...value, OP.set, ...unsigned(this.#declare(name.text))];
        });
      case Kind.ExpressionStatement:
        return this.#assignment(node.expression);
      case Kind.IfStatement:
        return this.#if(node);
      case Kind.WhileStatement:
        return this.#loop(node.statement, node.expression, label);
      case Kind.ForStatement:
        if (node.initializer ?? node.condition ?? node.incrementor) this.#refuse(node);
        return this.#loop(node.statement, undefined, label);
      case Kind.LabeledStatement:
        return this.#statement(node.statement, node.label.text);
      case Kind.BreakStatement:
        return this.#jump(node, 'break');
      case Kind.ContinueStatement:
        return this.#jump(node, 'continue');
      default:
        return this.#refuse(node);
    }
  }

  #block(node) {
    this.#scopes.push(new Map());
    const code = node.statements.flatMap((statement) => this.#statement(statement));
    this.#scopes.pop();
    return code;
  }

  #if({ expression, thenStatement, elseStatement }) {
    const condition = this.#value(expression);
    this.#around.push({});
    const then = this.#statement(thenStatement);
    const otherwise = elseStatement === undefined ? [] : [OP.else, ...this.#statement(elseStatement)];
    this.#around.pop();
    return [...condition, OP.if, VOID, ...then, ...otherwise, OP.end];
  }

  #loop(statement, condition, label) {
    this.#around.push({ way: 'break', label }, { way: 'continue', label });
    const leave = condition === undefined ? [] : [...this.#value(condition), OP.eqz, OP.brIf, 1];
    const body = this.#statement(statement);
    this.#around.length -= 2;
    return [OP.block, VOID, OP.loop, VOID, ...leave, ...body, OP.br, 0, OP.end, OP.end];
  }

  #jump(node, way) {
    const at = this.#around.findLastIndex(
      (place) => place.way === way && (node.label === undefined || place.label === node.label.text),
    );
    if (at < 0) this.#refuse(node);
    return [OP.br, ...unsigned(this.#around.length - 1 - at)];
  }

  #assignment(node) {
    if (!ts.isBinaryExpression(node)) this.#refuse(node);
    const operator = node.operatorToken.getText(this.#source);
    if (!operator.endsWith('=') || operator in BINARY) this.#refuse(node);
    const isPlain = operator === '=';
    const op = isPlain ? [] : [BINARY[operator.slice(0, -1)]];
    const value = [...(isPlain ? [] : this.#value(node.left)), ...this.#value(node.right), ...op];
    if (ts.isIdentifier(node.left)) return [...value, OP.set, ...unsigned(this.#local(node.left))];
    if (!ts.isElementAccessExpression(node.left)) this.#refuse(node);
    const { address, access, place } = this.#item(node.left);
    return [...address, ...value, access.store, 0, ...unsigned(place)];
  }

  /** An array's item: how to come by its address, and the array's place, which is added to that. */
  #item(node) {
    const array = memory[node.expression.getText(this.#source)];
    const access = ACCESS[array?.BYTES_PER_ELEMENT];
    if (access === undefined) this.#refuse(node);
    const shift = access.shift === 0 ? [] : [OP.i32Const, access.shift, BINARY['<<']];
    return { address: [...this.#value(node.argumentExpression), ...shift], access, place: array.byteOffset };
  }

  /** Code that leaves one number. */
  #value(node) {
    switch (node.kind) {
      case Kind.ParenthesizedExpression:
      case Kind.NonNullExpression:
        return this.#value(node.expression);
      case Kind.TrueKeyword:
        return [OP.i32Const, 1];
      case Kind.FalseKeyword:
        return [OP.i32Const, 0];
      case Kind.NumericLiteral:
        return this.#constant(Number(node.text), node);
      case Kind.Identifier:
        return this.#name(node);
      case Kind.PrefixUnaryExpression:
        return this.#prefix(node);
      case Kind.BinaryExpression:
        return this.#binary(node);
      case Kind.ElementAccessExpression: {
        const { address, access, place } = this.#item(node);
        return [...address, access.load, 0, ...unsigned(place)];
      }
      case Kind.CallExpression:
        return this.#call(node);
      default:
        return this.#refuse(node);
    }
  }

  #constant(number, node) {
    if (!Number.isInteger(number)) this.#refuse(node);
    return [OP.i32Const, ...signed(number | 0)];
  }

  #name(node) {
    const local = this.#local(node);
    if (local !== undefined) return [OP.get, ...unsigned(local)];
    return this.#constant(memory[node.text], node);
  }

  #prefix({ operator, operand }) {
    const value = this.#value(operand);
    if (operator === Kind.ExclamationToken) return [...value, OP.eqz];
    if (operator === Kind.TildeToken) return [...value, OP.i32Const, ...signed(-1), BINARY['^']];
    if (operator === Kind.MinusToken) return [OP.i32Const, 0, ...value, BINARY['-']];
    return this.#refuse(operand.parent);
  }

  #binary(node) {
    const operator = node.operatorToken.getText(this.#source);
    if (operator === '&&' || operator === '||') return this.#either(node, operator);
    const isLong = this.#isLong(node.left);
    const left = isLong ? this.#long(node.left) : this.#value(node.left);
    const right = isLong ? this.#long(node.right) : this.#value(node.right);
    if (!isLong && operator in BINARY) return [...left, ...right, BINARY[operator]];
    if (isLong && operator === '===') return [...left, ...right, OP.i64Eq];
    if (isLong && operator === '!==') return [...left, ...right, OP.i64Eq, OP.eqz];
    return this.#refuse(node);
  }

  #either(node, operator) {
    const left = this.#value(node.left);
    const right = this.#value(node.right);
    const [then, otherwise] = operator === '&&' ? [right, [OP.i32Const, 0]] : [[OP.i32Const, 1], right];
    return [...left, OP.if, I32, ...then, OP.else, ...otherwise, OP.end];
  }

  #isLong(node) {
    return ts.isCallExpression(node) && node.expression.getText(this.#source).endsWith('.getFloat64');
  }

  /** Eight bytes: read, or those of a number with a fraction. */
  #long(node) {
    if (this.#isLong(node)) return this.#read(node, OP.i64Load);
    if (!ts.isNumericLiteral(node)) this.#refuse(node);
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setFloat64(0, Number(node.text));
    return [OP.i64Const, ...signed(bytes.getBigInt64(0))];
  }

  #call(node) {
    const name = node.expression.getText(this.#source);
    const value = () => node.arguments.flatMap((argument) => this.#value(argument));
    if (name === 'Math.imul') return [...value(), BINARY['*']];
    if (name === 'Math.clz32') return [...value(), OP.clz];
    if (name.endsWith('.getInt32')) return this.#read(node, OP.i32Load);
    return this.#refuse(node);
  }

  #read(node, load) {
    const view = memory[node.expression.expression.getText(this.#source)];
    if (node.arguments[1]?.kind !== Kind.TrueKeyword) this.#refuse(node);
    return [...this.#value(node.arguments[0]), load, 0, ...unsigned(view.byteOffset)];
  }
}

function compile() {
  const source = ts.createSourceFile(SOURCE, readFileSync(SOURCE, 'utf8'), ts.ScriptTarget.ES2023, true);
  const declarations = source.statements.filter((statement) => ts.isFunctionDeclaration(statement));
  const functions = declarations.map((declaration) => new Compiler(source).body(declaration));
  const pages = memory.wasmMemory.buffer.byteLength / 65_536;
  const type = ({ parameters }) => [0x60, ...vector(Array(parameters).fill([I32])), 0];
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector(functions.map(type))),
    ...section(
      2,
      vector([[...text('quick'), ...text('memory'), 2, 1, ...unsigned(pages), ...unsigned(pages)]]),
    ),
    ...section(3, vector(functions.map((_, at) => [at]))),
    ...section(7, vector(declarations.map(({ name }, at) => [...text(name.text), 0, at]))),
    ...section(10, vector(functions.map(({ body }) => body))),
  ];
}

const written = `/** Made by scripts/compile-quick-loop.mjs from quick-loop.ts: the module, hexadecimal. */
export const QUICK_LOOP_WASM =
  '${Buffer.from(compile()).toString('hex')}';
`;
if (!process.argv.includes('--check')) writeFileSync(TARGET, written);
else if (readFileSync(TARGET, 'utf8') !== written) {
  console.error('quick-loop-wasm.ts is out of date: node scripts/compile-quick-loop.mjs');
  process.exitCode = 1;
}
