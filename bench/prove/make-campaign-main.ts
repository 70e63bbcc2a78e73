// The process that makes the campaign, so that its memory is given back before anything is judged.
import { makeCampaign } from "./make-campaign.ts";

const { folder, users, seed } = JSON.parse(process.argv[2] ?? "{}");
console.log(JSON.stringify(await makeCampaign(folder, users, seed)));
