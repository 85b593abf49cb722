// sharp at the work of `thumbnails`: one picture after the other on one core.
import sharp from "sharp";

sharp.concurrency(1);
sharp.cache(false);
for (const file of process.argv.slice(2)) {
  await sharp(file).rotate().resize(320, 320, { fit: "inside", withoutEnlargement: true }).webp({ quality: 78, effort: 3 }).toBuffer();
}
