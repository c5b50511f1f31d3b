import { z } from 'zod';
import { text } from './message.js';

/** What is to be shown or printed, as nexo has it. What a printer or a display here cannot tell apart passes unread. */
export const OUTPUT_TEXT = z.object({
  Text: z.string().max(1000).optional(),
  Alignment: z.enum(['Left', 'Right', 'Centred', 'Justified']).optional(),
  CharacterStyle: z.enum(['Normal', 'Bold', 'Italic', 'Underlined']).optional(),
  CharacterWidth: z.enum(['SingleWidth', 'DoubleWidth']).optional(),
  CharacterHeight: z.enum(['SingleHeight', 'DoubleHeight', 'HalfHeight']).optional(),
  EndOfLineFlag: z.boolean().optional(),
});
export type OutputText = z.infer<typeof OUTPUT_TEXT>;

export const BARCODE_TYPES = ['EAN8', 'EAN13', 'UPCA', 'Code25', 'Code128', 'PDF417', 'QRCode'] as const;

export const OUTPUT_CONTENT = z.object({
  OutputFormat: z.enum(['Text', 'BarCode', 'XHTML', 'MessageRef']),
  OutputText: z.array(OUTPUT_TEXT).max(500).optional(),
  OutputBarcode: z
    .object({
      BarcodeType: z.preprocess(
        (given) => (given === 'QRCODE' ? 'QRCode' : given), // Both spellings are in Adyen's documents.
        z.enum(BARCODE_TYPES).optional(),
      ),
      BarcodeValue: z.string().min(1).max(2000),
    })
    .optional(),
  /** Base64. */
  OutputXHTML: z.string().optional(),
  PredefinedContent: z.object({ ReferenceID: text(200) }).optional(),
});
export type OutputContent = z.infer<typeof OUTPUT_CONTENT>;

export const DEVICES = ['CashierDisplay', 'CustomerDisplay', 'CashierInput', 'CustomerInput'] as const;
export const INFO_QUALIFY = [
  'Status',
  'Error',
  'Display',
  'Sound',
  'Input',
  'POIReplication',
  'CustomerAssistance',
  'Receipt',
  'Document',
  'Voucher',
] as const;

/** The words of a text, without how they look; of a predefined one its name. */
export function wordsOf({ OutputText = [], PredefinedContent }: OutputContent): string {
  const words = OutputText.map((piece) => piece.Text ?? '').join(' ');
  return words.trim() === '' ? (PredefinedContent?.ReferenceID ?? '') : words.trim();
}
