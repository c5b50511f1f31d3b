import { qrModules } from '../../paper/operations.js';
import { qrVersion } from '../qr-size.js';
import { encodedMatrix, isWithin, type SymbolFamily, TOO_MUCH } from './family.js';
import { microQrVersion } from './micro-qr.js';

const LEVELS = ['L', 'M', 'Q', 'H'] as const;
const MODELS = [1, 2, 'micro'] as const;

/** cn 49: Functions 165 to 182. Model 1 is drawn as model 2, which every reader reads and model 1 hardly any. */
export const QR: SymbolFamily = {
  name: 'QR Code',
  identifier: 0x36,
  mostBytes: 7_089,
  set({ qr }, fn, params) {
    const n = params[0] ?? 0;
    switch (fn) {
      case 65:
        qr.model = MODELS[n - 49] ?? qr.model;
        return true;
      case 67:
        if (isWithin(n, 1, 16)) qr.moduleDots = n;
        return true;
      case 69:
        qr.level = LEVELS[n - 48] ?? qr.level;
        return true;
      default:
        return false;
    }
  },
  encode({ qr }, { data }) {
    const { model, level, moduleDots } = qr;
    if (model === 'micro') {
      const version = microQrVersion(data, level);
      if (version === undefined) return TOO_MUCH;
      const side = (9 + 2 * version) * moduleDots;
      const options = { version: `M${version}`, level };
      return encodedMatrix({ symbology: 'microqr', data, options, moduleDots, widthDots: side, heightDots: side });
    }
    const version = qrVersion(data, level);
    if (version === undefined) return TOO_MUCH;
    const side = qrModules(version) * moduleDots;
    return { item: { kind: 'qr', x: 0, data, level, version, moduleDots }, widthDots: side, heightDots: side };
  },
};
