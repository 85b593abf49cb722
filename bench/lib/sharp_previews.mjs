// sharp at the work of `previews`: a thumbnail and a preview of each file, two files at a time.
import sharp from "sharp";

sharp.concurrency(1);
sharp.cache(false);
const files = process.argv.slice(2);
const make = (file, edge) =>
  sharp(file, { limitInputPixels: 64_000_000 })
    .rotate()
    .resize(edge, edge, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: 78, effort: 3 })
    .toBuffer();
const work = async () => {
  for (let file = files.pop(); file; file = files.pop()) {
    await make(file, 320);
    await make(file, 1600);
  }
};
await Promise.all([work(), work()]);
