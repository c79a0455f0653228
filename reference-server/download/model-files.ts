/** Which files of a repository are the model that was meant: the quantization by its name, and all parts of a model that comes in several. */

/** Written by llama.cpp's splitter, and read by it: the number of this part, and of all. */
const partOf = /-(\d{5})-of-(\d{5})(?=\.gguf$)/iu;
const quantizationAtEnd = /(?:^|[-._/])((?:UD-)?(?:I?Q\d\w*|TQ\d_\d|MXFP4\w*|B?F16|F32))$/iu;
/** In a repository without a tag llama.cpp takes this one, else another of four bits, else the first. */
const usual = [/^(?:UD-)?Q4_K_M$/iu, /^(?:UD-)?I?Q4/iu];

/** Every part of the model that a name belongs to, the first one first; itself alone where it is no part. */
export function partsOf(name: string): readonly string[] {
  const count = Number(partOf.exec(name)?.[2] ?? 0);
  // A number that no splitter writes is part of a name.
  if (count < 1 || count > 1000) return [name];
  const of = String(count).padStart(5, '0');
  return Array.from({ length: count }, (_, index) => name.replace(partOf, `-${String(index + 1).padStart(5, '0')}-of-${of}`));
}

/** The name without ending and number of its part, as a model is called. */
export function modelStem(name: string): string {
  return name.replace(partOf, '').replace(/\.gguf$/iu, '');
}

/** `Q4_K_M` of `Qwen3-0.6B-Q4_K_M.gguf`; undefined where the name tells none. */
export function quantizationOf(name: string): string | undefined {
  return quantizationAtEnd.exec(modelStem(name))?.[1]?.toUpperCase();
}

/** Names of models that generate text, the first part of each: no projectors of images, no statistics. */
export function modelsAmong(names: readonly string[]): readonly string[] {
  return names
    .filter((name) => /\.gguf$/iu.test(name) && !/mmproj|imatrix/iu.test(name) && partsOf(name)[0] === name)
    .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** The one that was meant: of the quantization, or the usual one where none was named. Undefined where there is none. */
export function chooseModel(names: readonly string[], quantization?: string): string | undefined {
  const models = modelsAmong(names);
  if (quantization !== undefined) return models.find((name) => isOf(name, quantization));
  const liked = usual.map((pattern) => models.find((name) => pattern.test(quantizationOf(name) ?? '')));
  return liked.find((name) => name !== undefined) ?? models[0];
}

function isOf(name: string, quantization: string): boolean {
  const stem = `-${modelStem(name).toLowerCase().replace(/[./]/gu, '-')}-`;
  return stem.includes(`-${quantization.toLowerCase().replaceAll('.', '-')}-`);
}
