/** Finds the model that ships with the package. The build copies the file to the same place beside this module, so one path serves source and `dist`. */
import { fileURLToPath } from 'node:url';

/** Absolute path of the bundled GGUF: `reference-server/model/tiny.gguf` here, `dist/reference-server/model/tiny.gguf` in the package. */
export const bundledModelPath: string = fileURLToPath(new URL('./model/tiny.gguf', import.meta.url));
